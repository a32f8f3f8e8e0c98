#Requires -RunAsAdministrator
<#
.SYNOPSIS
Registers a Windows scheduled task that starts one run of CmEtl every night.
.DESCRIPTION
The task runs under a managed service account, whether a user is logged on or not. It reads its settings from a JSON file and its password from the password file of
the account (%APPDATA%\postgresql\pgpass.conf).
.EXAMPLE
./windows-task.ps1 -Package 'C:\Program Files\CmEtl' -Settings C:\ProgramData\CmEtl\night.json -Account 'CORP\cmetl$'
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)] [string] $Package,
    [Parameter(Mandatory)] [string] $Settings,
    [Parameter(Mandatory)] [string] $Account,
    [datetime] $At = '02:30'
)

$action = New-ScheduledTaskAction -Execute 'dotnet' -Argument "`"$Package\bin\cmetl.dll`" `"Start-CmEtl -Wait -SettingsPath '$Settings'`""
$trigger = New-ScheduledTaskTrigger -Daily -At $At
$principal = New-ScheduledTaskPrincipal -UserId $Account -LogonType Password
$options = New-ScheduledTaskSettingsSet -StartWhenAvailable -MultipleInstances IgnoreNew -ExecutionTimeLimit (New-TimeSpan -Hours 8)
if ($PSCmdlet.ShouldProcess('CmEtl', 'Register scheduled task')) {
    Register-ScheduledTask -TaskName 'CmEtl' -Action $action -Trigger $trigger -Principal $principal -Settings $options
}
