@echo off
rem Installs the program without a network: install.cmd [folder]
setlocal
where py >nul 2>nul
if %errorlevel%==0 (
  py -3 -B "%~dp0install.py" %*
) else (
  python -B "%~dp0install.py" %*
)
exit /b %errorlevel%
