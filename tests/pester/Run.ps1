<#
.SYNOPSIS
Runs the suite on one version of Pester. The last line counts as that of dotnet test does.
#>
#Requires -Version 7.6
param(
    # The default is the newest version.
    [string] $Version,
    # Only tests whose full name matches this pattern.
    [string] $FullName
)

$ErrorActionPreference = 'Stop'
$Env:PSModulePath = "$PSScriptRoot/../../output/pester", $Env:PSModulePath -join [IO.Path]::PathSeparator
$exact = if ($Version) { @{ RequiredVersion = $Version } } else { @{ MinimumVersion = '5.0' } }
Import-Module Pester @exact

$configuration = New-PesterConfiguration
$configuration.Run.Path = $PSScriptRoot
$configuration.Run.PassThru = $true
$configuration.Output.RenderMode = 'PlainText'
if ($FullName) { $configuration.Filter.FullName = $FullName }
$result = Invoke-Pester -Configuration $configuration
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
"Pester $((Get-Module Pester).Version) - Failed: $failed, Passed: $($result.PassedCount), Skipped: $($result.SkippedCount)"
exit [int] ($failed -gt 0)
