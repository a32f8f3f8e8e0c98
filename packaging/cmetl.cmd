@echo off
dotnet "%~dp0bin\cmetl.dll" %*
