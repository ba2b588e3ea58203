@echo off
rem Double-click this file: it makes the workspace "cspcoop" in Documents, runs it,
rem and opens the newest statements.
setlocal
chcp 65001 >nul
set "PROGRAM=%~dp0cspcoop.exe"
if not exist "%PROGRAM%" (
	echo cspcoop.exe is not beside this file: extract the whole archive, then start again.
	pause
	exit /b 2
)

rem Documents may have been moved, to OneDrive for instance: the registry knows.
set "DOCUMENTS=%USERPROFILE%\Documents"
for /f "tokens=2,*" %%a in ('reg query "HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders" /v Personal 2^>nul') do if not "%%b"=="" call set "DOCUMENTS=%%b"
set "CSPCOOP_WORKSPACE=%DOCUMENTS%\cspcoop"

if exist "%CSPCOOP_WORKSPACE%\cspcoop.toml" goto run
"%PROGRAM%" init
if errorlevel 1 goto failed

:run
"%PROGRAM%" run
set "STATUS=%ERRORLEVEL%"
rem 3: done, and a file was refused.
if not "%STATUS%"=="0" if not "%STATUS%"=="3" goto failed
set "NEWEST="
for /f %%d in ('dir /b /ad /on "%CSPCOOP_WORKSPACE%\statements"') do set "NEWEST=%%d"
echo.
echo Drop exports into %CSPCOOP_WORKSPACE%\inbox and start this file again.
if not exist "%CSPCOOP_WORKSPACE%\archive\index.csv" start "" "%CSPCOOP_WORKSPACE%\inbox"
start "" "%CSPCOOP_WORKSPACE%\statements\%NEWEST%\index.html"
pause
exit /b %STATUS%

:failed
echo.
echo Nothing was written; the lines above say why.
pause
exit /b 1
