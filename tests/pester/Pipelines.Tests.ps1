#Requires -Version 7.6
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0.0' }

# The output of the cmdlets as input of PowerShell's own: files, pages, other cmdlets.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $sandbox = Get-Sandbox
    $null = $sandbox | Connect-CmDatabase
    $older = Get-Run
    $run = Start-CmEtl -New -Wait -TargetChunkSize 100

    function Get-Cell($Record) {
        foreach ($property in ($Record | ConvertTo-Csv | ConvertFrom-Csv).PSObject.Properties) { $property.Value }
    }
}

AfterAll {
    Disconnect-CmDatabase
}

Describe 'From cmdlet to cmdlet' {
    It 'leads from a run to its own chunks and not to those of the newest' {
        ($older | Get-CmChunkPlan).RunId | Select-Object -Unique | Should -Be $older.RunId
        ($older | Get-CmChunkPlan -Summary).RunId | Should -Be $older.RunId
        ($older | Get-CmEtlStatus).RunId | Should -Be $older.RunId
    }

    It 'finds no failed chunk after a completed run' {
        Get-CmEtlStatus -Detailed | Where-Object State -EQ Failed | Invoke-CmChunk | Should -BeNullOrEmpty
    }

    It 'ends when the pipeline has enough' {
        $seen = [Collections.Generic.List[object]]::new()
        Get-CmChunkPlan | ForEach-Object { $seen.Add($_); $_ } | Invoke-CmChunk | Select-Object -First 1 | Out-Null
        $seen.Count | Should -Be 1
    }

    It 'groups, sorts and measures' {
        (Get-CmChunkPlan | Group-Object State).Name | Should -Be Done
        (Get-CmChunkPlan | Measure-Object RowsConfirmed -Sum).Sum | Should -Be $run.RowsConfirmed
        (Get-CmChunkPlan | Sort-Object Duration -Descending)[0].Duration | Should -BeOfType timespan
    }
}

Describe 'The record <name>' -ForEach @(
    @{ Name = 'EtlStatus'; Command = { Get-CmEtlStatus } }
    @{ Name = 'ChunkInfo'; Command = { Get-CmChunkPlan | Select-Object -First 1 } }
    @{ Name = 'ChunkResult'; Command = { Invoke-CmChunk 0 } }
    @{ Name = 'Finding'; Command = { Test-CmEtlConfig | Select-Object -First 1 } }
    @{ Name = 'PlanAdvice'; Command = { Get-CmChunkPlan -Summary } }
    @{ Name = 'EtlCostEstimate'; Command = { Get-CmEtlCost 10 | Select-Object -First 1 } }
    @{ Name = 'CmSandbox'; Command = { $sandbox } }
) {
    BeforeAll { $record = & $command }

    It 'is a line of CSV with plain values' {
        Get-Cell $record | Should -Not -Match '^System\.|^CmEtl\.|\{'
    }

    It 'is JSON that reads back' {
        $warnings = $null
        $json = $record | ConvertTo-Json -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
        $back = $json | ConvertFrom-Json
        $back.PSObject.Properties.Name | Should -Be $record.PSObject.Properties.Name
        foreach ($property in $record.PSObject.Properties) {
            $property.Value -is [enum] -or $property.Value -is [timespan] -or $property.Value -is [DateOnly] | Should -BeFalse -Because $property.Name
            if ($property.Value -is [double]) { $back.($property.Name) | Should -Be $property.Value }
        }
    }

    It 'is a row of HTML with plain values' {
        $cells = [regex]::Matches(($record | ConvertTo-Html -Fragment | Out-String), '<td>(.*?)</td>').ForEach{ $_.Groups[1].Value }
        $cells | Should -Not -Match '^System\.|^CmEtl\.|\{'
    }

    It 'has a table that is not truncated at <_> columns' -ForEach 80, 100, 120, 160 {
        $lines = ($record | Format-Table | Out-String -Width $_).Split("`n").Where{ $_.Trim() }
        $lines[1] | Should -Match '^[- ]+$' -Because 'a header of two lines is a column too narrow for it'
        $lines | Should -Not -Match "`u{2026}\d"
    }
}

Describe 'Secrets' {
    It 'are in no file' {
        $all = @($sandbox; Get-CmEtlStatus; Get-CmChunkPlan; Test-CmEtlConfig)
        ($all | ForEach-Object { $_ | ConvertTo-Json -Depth 9; $_ | ConvertTo-Csv; $_ | ConvertTo-Html } | Out-String) | Should -Not -Match "assword|$([regex]::Escape((Get-Password $sandbox)))"
    }
}
