# The beginning of every test file: the module under test, one sandbox and one completed run for all of them, and a helper for errors.

$manifest = $Env:CMETL_MODULE ? $Env:CMETL_MODULE : "$PSScriptRoot/../../output/CmEtl/CmEtl.psd1"
if (-not (Get-Module CmEtl)) { Import-Module $manifest }

# There is no user to answer a prompt. Tests of a confirmation check the cmdlet's ConfirmImpact, or use -Confirm.
$global:ConfirmPreference = 'None'

# A run of some hundred rows: opening and preparing a session costs more than its rows.
$Env:CMETL_MAX_CONCURRENCY = 2

# Starting one takes seconds. It is removed when this process ends.
function Get-Sandbox {
    $global:CmEtlTestSandbox ??= New-CmSandbox -Visits 2000
    $global:CmEtlTestSandbox
}

# The password, which must not occur in any output. No public property contains it.
function Get-Password($Sandbox) {
    $connection = $Sandbox.Connection
    $connection.GetType().GetProperty('Password', [Reflection.BindingFlags]'NonPublic, Instance').GetValue($connection)
}

# For splatting, because other tests change the session's connection.
function Get-Connection { @{ Connection = (Get-Sandbox).Connection } }

function Get-Run {
    $connection = Get-Connection
    $global:CmEtlTestRun ??= Start-CmEtl @connection -New -Wait -TargetChunkSize 100
    $global:CmEtlTestRun
}

# Checks the single error of a command: its id, its category, its target, and that it has a remedy, which matches a pattern.
function Assert-Failure {
    param(
        [Parameter(Mandatory, ValueFromPipeline)] [scriptblock] $Command,
        [Parameter(Mandatory, Position = 0)] [string] $Id,
        [Parameter(Mandatory, Position = 1)] [string] $Category,
        $Target,
        [string] $Remedy = '?*'
    )
    $failure = $Command | Should -Throw -PassThru
    $failure.FullyQualifiedErrorId | Should -BeLike "$Id,CmEtl.PowerShell.*"
    $failure.CategoryInfo.Category | Should -Be $Category
    if ($PSBoundParameters.ContainsKey('Target')) { $failure.TargetObject | Should -Be $Target }
    $failure.ErrorDetails.RecommendedAction | Should -BeLike $Remedy
    $failure.ErrorDetails.Message | Should -BeLike "*$([wildcardpattern]::Escape($failure.ErrorDetails.RecommendedAction))"
}

# The completions of an interactive shell at the end of a line.
function Get-Completion([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText }
