<#
.SYNOPSIS
Builds, tests and packs CmEtl. Runs in PowerShell 7.6 and, where there is none, as ./cmetl ./build.ps1 -Task Test
.NOTES
Only what the bare engine has is used here: no Test-Path, no Join-Path, no Write-Host.
#>
param(
    [ValidateSet('Build', 'Test', 'Package')] [string] $Task = 'Build',
    [ValidateSet('Debug', 'Release')] [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
$solution = "$PSScriptRoot/CmEtl.sln"
$module = "$PSScriptRoot/output/CmEtl"
$counts = @{ passed = 0; failed = 0; skipped = 0 }

function Invoke-Dotnet {
    & dotnet @args -c $Configuration -v quiet --nologo '-clp:ErrorsOnly;NoSummary'
    if ($LASTEXITCODE) { throw "dotnet $($args[0]) failed." }
}

function Invoke-DotnetTest {
    $Env:DOTNET_CLI_UI_LANGUAGE = 'en'
    & dotnet test $solution -c $Configuration --no-build --nologo | ForEach-Object {
        $_
        if ($_ -match '- Failed:\s*(\d+), Passed:\s*(\d+), Skipped:\s*(\d+)') {
            $counts.failed += [int] $Matches[1]; $counts.passed += [int] $Matches[2]; $counts.skipped += [int] $Matches[3]
        }
    }
    # A test host that crashes prints no counts.
    if ($LASTEXITCODE -and -not $counts.failed) { $counts.failed++ }
}

function Invoke-PesterTest {
    $files = [IO.Directory]::GetFiles("$PSScriptRoot/tests/pester", '*.Tests.ps1')
    if (Get-Command Import-PowerShellDataFile -ErrorAction Ignore) { $pester = Get-Module Pester -ListAvailable }
    if (-not $pester) {
        $files | ForEach-Object { "Skipped: $([IO.Path]::GetFileName($_)) (no PowerShell with Pester here)" }
        $counts.skipped += $files.Count; return
    }
    $result = Invoke-Pester -Path $files -PassThru -Output Normal
    $counts.passed += $result.PassedCount; $counts.failed += $result.FailedCount + $result.FailedContainersCount
    $counts.skipped += $result.SkippedCount
}

try {
    Invoke-Dotnet build $solution
    if ($Task -eq 'Package') {
        $version = [regex]::Match([IO.File]::ReadAllText("$module/CmEtl.psd1"), "ModuleVersion\s*=\s*'([^']+)'").Groups[1].Value
        $package = "$PSScriptRoot/output/CmEtl-$version.zip"
        [IO.File]::Delete($package)
        [IO.Compression.ZipFile]::CreateFromDirectory($module, $package, 'Optimal', $true)
        Invoke-Dotnet publish "$PSScriptRoot/src/CmEtl.Lambda"
        $package, "$PSScriptRoot/output/cmetl-lambda.zip"
    }
    if ($Task -eq 'Test') { Invoke-DotnetTest; Invoke-PesterTest }
}
catch { "$_"; $counts.failed++ }
if ($Task -eq 'Test') { "$($counts.passed) passed, $($counts.failed) failed, $($counts.skipped) skipped" }
if ($counts.failed -or ($Task -eq 'Test' -and -not $counts.passed)) { exit 1 }
