BeforeAll {
    . $PSScriptRoot/Common.ps1
    $db = Get-Connection
    $run = Get-Run
}

Describe 'Get-CmChunkPlan' {
    It 'lists the chunks of a run' {
        $chunks = Get-CmChunkPlan @db $run.RunId
        $chunks.ChunkId | Should -Be (0..($run.ChunksTotal - 1))
        $chunks.RunId | Select-Object -Unique | Should -Be $run.RunId
        ($chunks | Measure-Object EstimatedRows -Sum).Sum | Should -Be $run.RowsPlanned
    }

    It 'plans the next run and writes nothing' {
        $before = @(Get-CmEtlStatus @db -Last 1000).Count
        $chunks = Get-CmChunkPlan @db -Preview
        $chunks.RunId | Should -BeNullOrEmpty
        ($chunks | Measure-Object EstimatedRows -Sum).Sum | Should -Be $run.RowsPlanned
        @(Get-CmEtlStatus @db -Last 1000).Count | Should -Be $before
    }

    It 'summarizes a plan' {
        $summary = $run | Get-CmChunkPlan @db -Summary
        $summary.Chunks | Should -Be $run.ChunksTotal
        $summary.SecondsPerChunk | Should -BeGreaterThan 0
        $summary.DefinitionFile | Should -Be 'etl_pipeline_phase2_chunked.json'
        $summary.Reason | Should -Not -BeNullOrEmpty
        (Get-CmChunkPlan @db -Preview -Summary).DefinitionFile | Should -Be 'etl_pipeline.json'
    }

    It 'shows no SSN' {
        Get-CmChunkPlan @db $run.RunId | ForEach-Object { $_.PSObject.Properties.Value } |
            Where-Object { $_ -isnot [double] -and $_ -match '\b\d{3}-?\d{2}-?\d{4}\b' } | Should -BeNullOrEmpty
    }

    It 'shows chunks as a table' {
        Get-CmChunkPlan @db $run.RunId | Out-String -Width 200 | Should -Match 'Rows/s'
    }
}
