@echo off
rem Runs Bridgehead; builds it first when target\bridgehead.jar is missing or older than the sources.
rem   BRIDGEHEAD_JAVA_OPTS   more flags for the JVM, such as -Xmx4g
rem   JAVA_HOME              which JDK; otherwise the java on the PATH
rem Exit code 3: no suitable JDK or Maven, or the build failed (target\bridgehead-build.log).
rem
rem Delayed expansion stays off, so that an exclamation mark in an argument or a path is nothing special. Values stand
rem in quotes and never inside a block in parentheses, because a path such as C:\Program Files (x86) would end the
rem block: every decision is an "if ... goto".
setlocal EnableExtensions DisableDelayedExpansion

rem The folder of this file, without the backslash at its end: programs take a backslash before a quote for an escape.
set "BH_HOME=%~dp0"
set "BH_HOME=%BH_HOME:~0,-1%"
set "BH_TARGET=%BH_HOME%\target"
set "BH_JAR=%BH_TARGET%\bridgehead.jar"
set "BH_LOG=%BH_TARGET%\bridgehead-build.log"
set "BH_SYSTEM=%SystemRoot%\System32"

rem --- Java: that of JAVA_HOME, else the first on the PATH --------------------------------------------------------
set "BH_JAVA=java"
if not defined JAVA_HOME goto ask_java
rem People write JAVA_HOME with quotes around it or a backslash at its end; both are taken off.
set "BH_JDK=%JAVA_HOME:"=%"
if "%BH_JDK:~-1%"=="\" set "BH_JDK=%BH_JDK:~0,-1%"
set "BH_JAVA=%BH_JDK%\bin\java.exe"

:ask_java
rem What Java says goes through a file: a pipe inside "for /f" would need quotes within quotes. The line looked for is
rem   openjdk version "17.0.2" 2022-01-18
rem and may stand below others, such as "Picked up JAVA_TOOL_OPTIONS: ...". The tilde below takes the quotes off.
set "BH_VERSION="
set "BH_SAID=%TEMP%\bridgehead-java-%RANDOM%-%RANDOM%.txt"
"%BH_JAVA%" -version >"%BH_SAID%" 2>&1
if errorlevel 1 goto no_java
for /f "usebackq tokens=2,3" %%u in ("%BH_SAID%") do if "%%u"=="version" set "BH_VERSION=%%~v"
:no_java
if exist "%BH_SAID%" del "%BH_SAID%"
rem 17.0.2, 21-ea and 1.8.0_372 all have their major number before the first of these signs.
set "BH_MAJOR=0"
for /f "tokens=1 delims=.-+_" %%m in ("%BH_VERSION%") do set "BH_MAJOR=%%m"
if %BH_MAJOR% GEQ 17 goto check_jar
if not defined BH_VERSION set "BH_VERSION=not found"
>&2 echo bridgehead: needs a JDK 17 or newer ("%BH_JAVA%": %BH_VERSION%): install one, or set JAVA_HOME
exit /b 3

rem --- Is the jar as new as the sources? --------------------------------------------------------------------------
:check_jar
if not exist "%BH_JAR%" goto build
if not exist "%BH_TARGET%\lib\" goto build
rem cmd.exe cannot compare times, so PowerShell does: exit code 11 = a source is newer than the jar. It reads the paths
rem from the environment, where nothing has to be quoted. Where it is missing or fails, the jar is taken as it is.
set "BH_POWERSHELL=%BH_SYSTEM%\WindowsPowerShell\v1.0\powershell.exe"
if not exist "%BH_POWERSHELL%" goto run
"%BH_POWERSHELL%" -NoProfile -NonInteractive -Command "$jar = (Get-Item -LiteralPath $env:BH_JAR).LastWriteTimeUtc; $roots = @('pom.xml', 'src\main', 'src\generated') | ForEach-Object { Join-Path $env:BH_HOME $_ } | Where-Object { Test-Path -LiteralPath $_ }; $newer = Get-Item -LiteralPath $roots | ForEach-Object { $_; if ($_.PSIsContainer) { Get-ChildItem -LiteralPath $_.FullName -Recurse } } | Where-Object { $_.LastWriteTimeUtc -gt $jar } | Select-Object -First 1; if ($newer) { exit 11 } else { exit 0 }" <nul >nul 2>&1
if %ERRORLEVEL% EQU 11 goto build
goto run

rem --- Build ------------------------------------------------------------------------------------------------------
:build
where /q mvn
if errorlevel 1 goto no_maven
if not exist "%BH_TARGET%\" mkdir "%BH_TARGET%"
>&2 echo bridgehead: building; the first time this fetches about 150 MB of libraries (log: "%BH_LOG%")
rem Maven is a batch file itself: without "call" this one would end with it. "-f" instead of a change of folder, so that
rem relative paths in the arguments stay what they were.
call mvn -B -Dfast -f "%BH_HOME%\pom.xml" package >"%BH_LOG%" 2>&1 <nul
if errorlevel 1 goto build_failed
rem The quick build leaves the jar in a folder of its own (profile "fast" of pom.xml).
move /y "%BH_TARGET%\fast\bridgehead.jar" "%BH_JAR%" >nul
if errorlevel 1 goto jar_in_use
goto run

:no_maven
>&2 echo bridgehead: needs Maven 3.6.3 or newer to build (mvn: not found): install it and put it on the PATH
exit /b 3

:build_failed
>&2 "%BH_SYSTEM%\findstr.exe" /l /b /c:"[ERROR]" "%BH_LOG%"
>&2 echo bridgehead: the build failed; all of it is in "%BH_LOG%"
exit /b 3

:jar_in_use
>&2 echo bridgehead: cannot replace "%BH_JAR%": end the Bridgehead that is running, then try again
exit /b 3

rem --- Run --------------------------------------------------------------------------------------------------------
:run
rem The arguments are handed on as they were typed, quotes included. Out of memory ends the process (with exit code 3) instead
rem of leaving a server half alive. The last line hands on the exit code of Java.
"%BH_JAVA%" -XX:+ExitOnOutOfMemoryError -Dfile.encoding=UTF-8 %BRIDGEHEAD_JAVA_OPTS% -jar "%BH_JAR%" %*
exit /b %ERRORLEVEL%
