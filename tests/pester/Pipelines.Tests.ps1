#Requires -Version 7.6
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0.0' }

# The output of the cmdlets as input of PowerShell's own: files, pages, other cmdlets.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $sandbox = New-CmSandbox -Visits 2000
    $run = Start-CmEtl -Wait -TargetChunkSize 100

    function Get-Cell($Record) {
        foreach ($property in ($Record | ConvertTo-Csv | ConvertFrom-Csv).PSObject.Properties) { $property.Value }
    }
}

AfterAll {
    $sandbox | Remove-CmSandbox -Confirm:$false
}

Describe 'From cmdlet to cmdlet' {
    It 'invokes chosen chunks' {
        $most = (Get-CmChunkPlan | Measure-Object EstimatedRows -Maximum).Maximum
        $results = @(Get-CmChunkPlan | Where-Object EstimatedRows -GE $most | Invoke-CmChunk)
        $results.Count | Should -BeGreaterThan 0
        $results.RunId | Select-Object -Unique | Should -Be $run.RunId
        $results.Skipped | Should -Not -Contain $false
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

Describe 'As a job' {
    It 'returns the final status' {
        $job = Start-CmEtl -New -AsJob -TargetChunkSize 100
        $job | Should -BeOfType System.Management.Automation.Job
        (Receive-Job $job -Wait -WarningAction SilentlyContinue).State | Should -Be Completed
        $job.State | Should -Be Completed
        Remove-Job $job
    }

    It 'fails when the run cannot begin' {
        $job = Start-CmEtl -AsJob -LedgerSchema nowhere | Wait-Job
        $job.State | Should -Be Failed
        { Receive-Job $job -ErrorAction Stop } | Should -Throw -ErrorId 'PreflightFailed*'
        Remove-Job $job
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
    It 'is a line of CSV with plain values' {
        Get-Cell (& $command) | Should -Not -Match '^System\.|^CmEtl\.|\{'
    }

    It 'is JSON that reads back' {
        $record = & $command
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
        $cells = [regex]::Matches((& $command | ConvertTo-Html -Fragment | Out-String), '<td>(.*?)</td>').ForEach{ $_.Groups[1].Value }
        $cells | Should -Not -Match '^System\.|^CmEtl\.|\{'
    }

    It 'has a table that is not truncated at <_> columns' -ForEach 80, 100, 120, 160 {
        $lines = (& $command | Format-Table | Out-String -Width $_).Split("`n").Where{ $_.Trim() }
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
