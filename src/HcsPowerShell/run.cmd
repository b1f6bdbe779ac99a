@rem As the file run, for Windows.
@setlocal
@set "PSModulePath=%~dp0..\..\out;%USERPROFILE%\Documents\PowerShell\Modules;%PSModulePath%"
@if not defined POWERSHELL_UPDATECHECK set POWERSHELL_UPDATECHECK=Off
@dotnet %*
