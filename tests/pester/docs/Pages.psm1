# The pages as their readers use them: blocks of commands, each with its heading and the output that the page shows.

$root = [IO.Path]::GetFullPath("$PSScriptRoot/../../..")

<#
.SYNOPSIS
The blocks of commands of README.md and docs/, in the order of each page.
.NOTES
The first word behind a fence is the language. Others that mean something:
  fails               the block ends with an error, which is part of what is shown
  not-run="reason"    the block cannot run in a test
A ```text fence shows the output of the block before it.
#>
function Get-DocBlock {
    foreach ($path in @("$root/README.md") + [IO.Directory]::GetFiles("$root/docs", '*.md')) {
        $page = [IO.Path]::GetRelativePath($root, $path)
        $heading = ''; $fence = $null; $block = $null; $number = 0
        foreach ($line in [IO.File]::ReadAllLines($path)) {
            $number++
            if ($null -eq $fence -and $line -match '^```\s*(\S*)\s*(.*)$') {
                $fence = $Matches[1]; $info = $Matches[2]
                if ($fence -in 'powershell', 'bash', 'sql') {
                    $block = [pscustomobject]@{
                        Page = $page; Line = $number; Heading = $heading; Language = $fence; Text = @(); Shown = @()
                        Fails = $info -match '\bfails\b'
                        NotRun = if ($info -match 'not-run="([^"]+)"') { $Matches[1] }
                    }
                    $block
                }
            }
            elseif ($line -match '^```\s*$') { $fence = $null }
            elseif ($null -eq $fence -and $line -match '^#+\s+(.+)$') { $heading = $Matches[1]; $block = $null }
            elseif ($fence -in 'powershell', 'bash', 'sql') { $block.Text += $line }
            elseif ($fence -eq 'text' -and $block) { $block.Shown += $line }
        }
    }
}

<#
.SYNOPSIS
What stays the same in a line of output from run to run: its words, its columns and that there are numbers, dates, ids, and people and machines.
#>
function Get-LineShape([AllowEmptyString()] [string] $Line) {
    $Line -replace '\S+ on \S+ \(role \S+\)', 'WHO' -replace 'process \d+ on \S+', 'PROCESS' -replace '\d{8}-\d{6}-[0-9a-f]{6}', 'RUN' -replace '\d{4}-\d\d-\d\d([ T]\d\d:[\d:.]+(\+\d\d)?Z?)?', 'DATE' -replace '\d[\d,.:]*', '#' `
        -replace '(^|[\s+])-+(?=[\s+]|$)', '' -replace '[\s+|]+', ' ' -replace '^ | $', ''
}

<#
.SYNOPSIS
Runs the blocks of one page in a PowerShell of their own, and returns for each what it printed and how many errors there were.
#>
function Invoke-DocPage($Blocks, [hashtable] $Environment) {
    $file = [IO.Path]::GetTempFileName()
    $before = @{}
    try {
        $Blocks | Select-Object Page, Line, Heading, Language, @{ n = 'Text'; e = { $_.Text -join "`n" } } | ConvertTo-Json -AsArray | Set-Content $file
        foreach ($name in $Environment.Keys) {
            $before[$name] = [Environment]::GetEnvironmentVariable($name)
            [Environment]::SetEnvironmentVariable($name, $Environment[$name])
        }
        # A PowerShell that is a .NET tool is started by dotnet.
        $program = [Environment]::ProcessPath
        $first = @(if ([IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') { "$PSHOME/pwsh.dll" })
        $lines = & $program @first -NoProfile -NonInteractive -File "$PSScriptRoot/Session.ps1" $file 2>&1 | ForEach-Object { "$_" -split "`n" }
    }
    finally {
        foreach ($name in $before.Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
        Remove-Item $file
    }
    $printed = @{}; $errors = @{}; $now = $null
    foreach ($line in $lines) {
        if ($line -match '^@@ begin (\d+)$') { $now = [int] $Matches[1]; $printed[$now] = [Collections.Generic.List[string]]::new() }
        elseif ($line -match '^@@ end (\d+)$') { $errors[$now] = [int] $Matches[1]; $now = $null }
        elseif ($null -ne $now) { $printed[$now].Add($line.TrimEnd()) }
        elseif ($line.Trim()) { Write-Warning "$($Blocks[0].Page): $line" }
    }
    foreach ($block in $Blocks) {
        $block | Add-Member -Force -NotePropertyMembers @{ Ran = $errors.ContainsKey($block.Line); Errors = $errors[$block.Line]; Printed = $printed[$block.Line] }
    }
}

Export-ModuleMember Get-DocBlock, Get-LineShape, Invoke-DocPage
