"use strict";
(() => {
  const detail = document.getElementById("detail");
  const marks = [...document.querySelectorAll("#time .mark")];

  function show(mark) {
    const chapter = document.getElementById(mark.getAttribute("href").slice(1));
    document.querySelectorAll(".chosen").forEach(one => one.classList.remove("chosen"));
    mark.classList.add("chosen");
    chapter.classList.add("chosen");
    const copy = chapter.cloneNode(true);
    copy.removeAttribute("id");
    detail.replaceChildren(...copy.childNodes);
  }

  marks.forEach((mark, at) => {
    mark.addEventListener("click", event => { event.preventDefault(); show(mark); });
    mark.addEventListener("focus", () => show(mark));
    mark.addEventListener("keydown", event => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const next = step && marks[at + step];
      if (next) { event.preventDefault(); next.focus(); }
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        document.getElementById(mark.getAttribute("href").slice(1)).scrollIntoView({ block: "center" });
      }
    });
  });

  document.getElementById("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
})();
