package org.bridgehead.render;

/** How the parts of a map look; see {@link org.bridgehead.render.draw.SvgCanvas}. */
final class MapStyle {
    /** States hide and show; shapes, dashes and widths tell them apart without colour. */
    static final String SHEET = """
            * paper : fill paper
            * hit : fill none; stroke transparent; stroke-width 14; pointer-events stroke
            * line : fill none; stroke line; stroke-width 1.8
            * arrow-forward : fill path; display none
            * arrow-backward : fill path; display none
            * bus-node : fill line; stroke paper; stroke-width 1.5
            * pill : fill paper; stroke none
            * cost : fill soft
            * ways : fill ink
            * heading : fill ink
            * note : fill soft
            * rule : fill none; stroke rim; stroke-width 0.7
            * route-title : fill ink
            * route-text : fill ink
            * link-cross-ground : fill none; stroke paper; stroke-width 7; stroke-linecap round; display none
            * link-cross : fill none; stroke bad; stroke-width 3; stroke-linecap round; display none
            * box : fill site; stroke rim; stroke-width 1.5
            * inner : fill none; stroke rim; stroke-width 1.5
            * name : fill ink
            * stem : fill none; stroke rim; stroke-width 1.5
            * hub : fill hub
            * edge : fill edge
            * mailbox : fill mailbox
            * dc : fill dc
            * cas : fill cas
            * um : fill um
            * letter : fill letter
            * machine : fill paper; stroke rim; stroke-width 1
            * node-dot : fill paper; stroke mailbox; stroke-width 1.2
            * node-cross : fill none; stroke bad; stroke-width 2; display none
            * server-cross : fill none; stroke bad; stroke-width 2.5; stroke-linecap round; display none
            * site-cross-ground : fill paper; stroke bad; stroke-width 1.5; display none
            * site-cross : fill none; stroke bad; stroke-width 3; stroke-linecap round; display none
            * stop : fill path; stroke paper; stroke-width 1.5; display none
            * stop-number : fill pathink; display none
            * flag : fill held; stroke heldink; stroke-width 1; display none
            * flag-text : fill heldink; display none
            link.dim - : opacity 0.3
            site.dim - : opacity 0.35
            link.down line : stroke bad; stroke-dasharray 4 5
            link.down link-cross : display inline
            link.down link-cross-ground : display inline
            piece.alt line : stroke alt; stroke-dasharray 9 5; stroke-width 3
            piece.alt2 line : stroke-dasharray 2 5
            piece.alt3 line : stroke-dasharray 12 4 2 4
            piece.path line : stroke path; stroke-width 5
            piece.ahead line : stroke path; stroke-width 3; stroke-dasharray 10 7
            piece.forward arrow-forward : display inline
            piece.backward arrow-backward : display inline
            site.empty box : stroke-dasharray 5 3
            site.path box : stroke path; stroke-width 2.5
            site.path stop : display inline
            site.path stop-number : display inline
            site.nostop stop : display none
            site.nostop stop-number : display none
            site.down box : stroke bad; stroke-width 2; stroke-dasharray 6 4
            site.down site-cross : display inline
            site.down site-cross-ground : display inline
            site.held box : stroke heldink; stroke-width 3
            site.held flag : display inline
            site.held flag-text : display inline
            server.down hub : fill paper; stroke bad; stroke-width 1.2
            server.down edge : fill paper; stroke bad; stroke-width 1.2
            server.down mailbox : fill paper; stroke bad; stroke-width 1.2
            server.down dc : fill paper; stroke bad; stroke-width 1.2
            server.down cas : fill paper; stroke bad; stroke-width 1.2
            server.down um : fill paper; stroke bad; stroke-width 1.2
            server.down letter : fill ink
            server.down server-cross : display inline
            node.down node-dot : stroke bad
            node.down node-cross : display inline
            """;

    private MapStyle() {}
}
