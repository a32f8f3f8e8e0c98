<#
.SYNOPSIS
Builds, tests, and packs CmEtl. Runs in PowerShell 7.6. Without PowerShell, use ./cmetl ./build.ps1 -Task Test
#>
param(
    [ValidateSet('Build', 'Test', 'Package')] [string] $Task = 'Build',
    [ValidateSet('Debug', 'Release')] [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
$output = "$PSScriptRoot/output"
$counts = @{ passed = 0; failed = 0; skipped = 0 }
$failures = [Collections.Generic.List[string]]::new()

function Invoke-Dotnet {
    $said = & dotnet @args -c $Configuration -v quiet --nologo '-clp:ErrorsOnly;NoSummary'
    if ($LASTEXITCODE) { throw "dotnet $($args[0]) failed.`n$($said -join "`n")" }
}

# Adds up the counts that test programs print, and keeps the beginning of what they print of a failure: its name and message.
function Measure-Test {
    begin { $wanted = 0 }
    process {
        $_
        if ($_ -cmatch '^\s*(Failed \S.* \[.+\]$|\[-\] |The active test run was aborted)') { $wanted = 8 }
        if ($_ -cmatch '^\s*(Stack Trace:|at |\[\+\])') { $wanted = 0 }
        if ($wanted-- -gt 0) { $failures.Add("$_") }
        if ($_ -match '- Failed:\s*(\d+), Passed:\s*(\d+), Skipped:\s*(\d+)') {
            $counts.failed += [int] $Matches[1]; $counts.passed += [int] $Matches[2]; $counts.skipped += [int] $Matches[3]
        }
    }
}

# A test program that crashes prints no counts.
function Test-ExitCode([string] $Command, [int] $Code) {
    if ($Code -and -not $counts.failed) {
        $counts.failed++
        $failures.Add("$Command ended with exit code $Code, but reported no failed test.")
    }
}

# Finds a PowerShell for the Pester tests: the one on the PATH if it has Pester, otherwise the .NET tool from NuGet, which does not change the machine.
function Find-Pester {
    $check = 'exit [int] -not ($PSVersionTable.PSVersion -ge [version] "7.6" -and (Get-Module Pester -ListAvailable).Version.Major -ge 5)'
    if (Get-Command pwsh -CommandType Application -ErrorAction Ignore) { & pwsh -NoProfile -Command $check; if (-not $LASTEXITCODE) { return 'pwsh' } }
    $null = & dotnet tool restore --tool-manifest "$PSScriptRoot/.config/dotnet-tools.json" 2>&1
    if (-not $LASTEXITCODE) { $null = & dotnet msbuild "$PSScriptRoot/tests/pester/Pester.proj" -restore 2>&1 }
    if (-not $LASTEXITCODE) { 'dotnet', 'pwsh' }
}

# Starts the Pester tests. Returns nothing if they cannot run here.
function Start-PesterTest {
    $shell, $arguments = Find-Pester
    if (-not $shell) { return }
    $start = [Diagnostics.ProcessStartInfo]::new($shell)
    @($arguments) + '-NoProfile', '-NonInteractive', '-File', "$PSScriptRoot/tests/pester/Run.ps1" | Where-Object { $_ } | ForEach-Object { $start.ArgumentList.Add($_) }
    $start.WorkingDirectory = $PSScriptRoot
    $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    # The output is read while the tests run, because a full pipe would stop them.
    @{ Process = $process; Output = $process.StandardOutput.ReadToEndAsync() }
}

function Wait-PesterTest($Pester) {
    if (-not $Pester) {
        $files = Get-ChildItem "$PSScriptRoot/tests/pester/*.Tests.ps1" | Sort-Object Name
        $files | ForEach-Object { "Skipped: $($_.Name) (no PowerShell with Pester here)" }
        $counts.skipped += $files.Count; return
    }
    $Pester.Process.WaitForExit()
    $Pester.Output.Result.TrimEnd() -split '\r?\n' | Measure-Test
    Test-ExitCode 'Pester' $Pester.Process.ExitCode
}

# The folder for the servers of the tests: in memory if enough is free. The tests copy and drop hundreds of databases of 350 files each, which
# requires several times as much CPU time on a disk.
function Get-TestRoot {
    $shared = '/dev/shm'
    if ($Env:TMPDIR -or -not (Test-Path $shared) -or (Get-Content /proc/mounts) -match " $shared \S+ \S*noexec") { return [IO.Path]::GetTempPath() }
    $null = (Get-Content /proc/meminfo -Raw) -match 'MemAvailable:\s+(\d+) kB'
    $room = [Math]::Min([long] $Matches[1] * 1KB, [IO.DriveInfo]::new($shared).AvailableFreeSpace)
    $room -ge 12GB ? $shared : [IO.Path]::GetTempPath()
}

# Runs all tests with a separate temporary folder. A folder or a server that is still there afterwards counts as a failure.
function Invoke-AllTests {
    $folder = New-Item -ItemType Directory (Join-Path (Get-TestRoot) "cmetl-tests-$PID")
    $before = 'TMPDIR', 'TEMP', 'TMP' | ForEach-Object { @{ Name = $_; Value = [Environment]::GetEnvironmentVariable($_) } }
    try {
        $before | ForEach-Object { [Environment]::SetEnvironmentVariable($_.Name, $folder.FullName) }
        # Four test programs in parallel, one of them Pester. That is more than processors, because each also waits for leases, servers, and
        # deadlines.
        $pester = Start-PesterTest
        & dotnet test "$PSScriptRoot/tests/Tests.proj" -c $Configuration --no-build --nologo -m:3 | Measure-Test
        Test-ExitCode 'dotnet test' $LASTEXITCODE
        Wait-PesterTest $pester
        $left = @(Get-ChildItem $folder -Filter 'cmetl*') + @(Get-Process postgres -ErrorAction Ignore | Where-Object CommandLine -Match $folder.Name)
        $left | ForEach-Object { $failures.Add("Left behind: $($_.FullName)$($_.CommandLine)") }
        $counts.failed += $left.Count
    }
    finally {
        if ($pester -and -not $pester.Process.HasExited) { $pester.Process.Kill($true) }
        $before | ForEach-Object { [Environment]::SetEnvironmentVariable($_.Name, $_.Value) }
        Remove-Item $folder -Recurse -Force -ErrorAction Ignore
    }
}

# dotnet looks for global.json and its tool manifest in this folder.
Push-Location $PSScriptRoot
try {
    . "$PSScriptRoot/build/Package.ps1"
    Invoke-Dotnet build "$PSScriptRoot/CmEtl.slnx"
    if ($Task -in 'Package', 'Test') {
        # Before the tests, of which four programs use these packages.
        Invoke-Dotnet publish "$PSScriptRoot/src/CmEtl.Lambda"
        Invoke-Dotnet publish "$PSScriptRoot/src/CmEtl.Lambda" -r linux-arm64
        $files = (New-Nupkg), (New-PackageZip), "$output/cmetl-lambda.zip", "$output/cmetl-lambda-arm64.zip"
        $files; New-Checksum $files
    }
    if ($Task -eq 'Test') {
        # The tests use the module from the package, so they test the files that are released.
        $Env:CMETL_MODULE = Expand-Nupkg $files[0]
        $Env:DOTNET_CLI_UI_LANGUAGE = 'en'
        # Most of what runs here lives for seconds. Methods are compiled again, optimized, only when they are called often: that saves a third
        # of the CPU time of twelve runs in one process.
        $Env:DOTNET_TC_CallCountThreshold = '0x400'
        $Env:DOTNET_TieredPGO = '0'
        # A test host removes its sandboxes when it ends. By default it is killed after a tenth of a second.
        $Env:VSTEST_TESTHOST_SHUTDOWN_TIMEOUT = '60000'
        # Without write protection of compiled code, compiling costs less.
        $Env:DOTNET_EnableWriteXorExecute = '0'
        Invoke-AllTests
    }
}
catch { $failures.Add("$_"); $counts.failed++ }
finally { $Env:CMETL_MODULE = $null; Pop-Location }
# The newest last, so that the end of a log names what failed.
if ($failures) { '', 'Failures:'; $failures -split '\r?\n' | Select-Object -Last 90 }
if ($Task -eq 'Test') { "$($counts.passed) passed, $($counts.failed) failed, $($counts.skipped) skipped" }
if ($counts.failed -or ($Task -eq 'Test' -and -not $counts.passed)) { exit 1 }
