@echo off
setlocal
rem Nearly all is said by Python; what is said here stands below the code, where no jump has to pass it.
chcp 65001 >nul 2>nul
set PYTHONHOME=
set PYTHONPATH=
set PYTHONUTF8=1
set FOUND=
set "RUN=%~dp0app\run.py"
if not exist "%RUN%" goto not_unpacked
set "OWN=%~dp0app\python\python.exe"
if exist "%OWN%" goto own
for %%V in (@VERSIONS@) do call :try py -%%V
for %%N in (python python3) do call :try %%N
if not defined FOUND goto no_python
%FOUND% -X utf8 "%RUN%" @ACTION@
goto ended
:own
"%OWN%" -X utf8 "%RUN%" @ACTION@
:ended
set CODE=%ERRORLEVEL%
if "%CODE%"=="0" exit /b 0
if "%CODE%"=="2" exit /b 2
goto crashed
:try
rem The Python of the Store that is not installed ends here with a code of its own, as any that is none.
if defined FOUND exit /b 0
%* "%RUN%" --fits >nul 2>nul
if "%ERRORLEVEL%"=="0" set "FOUND=%*"
exit /b 0
:not_unpacked
echo.
echo @NOT_UNPACKED@
pause
exit /b 3
:no_python
echo.
echo @NO_PYTHON@
pause
exit /b 4
:crashed
echo.
echo @CRASHED@%CODE%
pause
exit /b %CODE%
