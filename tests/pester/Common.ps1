# What every test file begins with: the module under test, one sandbox and one finished run for all of them, and how an error is looked at.

$manifest = $Env:CMETL_MODULE ? $Env:CMETL_MODULE : "$PSScriptRoot/../../output/CmEtl/CmEtl.psd1"
if (-not (Get-Module CmEtl)) { Import-Module $manifest }

# Nobody answers here. Tests of a question look at the cmdlet's ConfirmImpact, or ask for it with -Confirm.
$global:ConfirmPreference = 'None'

# Starting one takes seconds. It is gone when this process ends.
function Get-Sandbox {
    $global:CmEtlTestSandbox ??= New-CmSandbox -Visits 2000
    $global:CmEtlTestSandbox
}

# What must be in no output; no property that others see has it.
function Get-Password($Sandbox) {
    $connection = $Sandbox.Connection
    $connection.GetType().GetProperty('Password', [Reflection.BindingFlags]'NonPublic, Instance').GetValue($connection)
}

# To be splatted: other tests change what the session is connected to.
function Get-Connection { @{ Connection = (Get-Sandbox).Connection } }

function Get-Run {
    $connection = Get-Connection
    $global:CmEtlTestRun ??= Start-CmEtl @connection -New -Wait -TargetChunkSize 100
    $global:CmEtlTestRun
}

# The one error of a command: its id, its category, whom it is about, and that it says what to do next.
function Assert-Failure {
    param(
        [Parameter(Mandatory, ValueFromPipeline)] [scriptblock] $Command,
        [Parameter(Mandatory, Position = 0)] [string] $Id,
        [Parameter(Mandatory, Position = 1)] [string] $Category,
        $Target
    )
    $failure = $Command | Should -Throw -PassThru
    $failure.FullyQualifiedErrorId | Should -BeLike "$Id,CmEtl.PowerShell.*"
    $failure.CategoryInfo.Category | Should -Be $Category
    if ($PSBoundParameters.ContainsKey('Target')) { $failure.TargetObject | Should -Be $Target }
    $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    $failure.ErrorDetails.Message | Should -BeLike "*$([wildcardpattern]::Escape($failure.ErrorDetails.RecommendedAction))"
}

# What an interactive shell offers at the end of a line.
function Get-Completion([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText }
