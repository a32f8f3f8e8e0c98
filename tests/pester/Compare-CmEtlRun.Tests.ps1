BeforeAll {
    . $PSScriptRoot/Common.ps1
    $db = Get-Connection
    $null = Get-Run
    $run = Start-CmEtl @db -New -Wait -TargetChunkSize 100
}

Describe 'Compare-CmEtlRun' {
    It 'counts rows and shows the changes' {
        $changes = $run | Compare-CmEtlRun @db
        $totals = @{}
        $changes | Where-Object Kind -EQ Total | ForEach-Object { $totals[$_.Name] = $_.Rows }
        $totals['rows before'] | Should -Be $run.SnapshotRows
        $totals['rows in both'] | Should -Be $run.RowsPlanned
        ($changes | Where-Object Kind -EQ Unconfirmed | Measure-Object Rows -Sum).Sum | Should -Be $run.RowsUnconfirmed
    }

    It 'refuses a run whose snapshot was replaced' {
        $older = (Get-CmEtlStatus @db -Last 2)[1]
        { $older | Compare-CmEtlRun @db } | Assert-Failure SnapshotReplaced InvalidResult -Target $older.RunId
    }
}
