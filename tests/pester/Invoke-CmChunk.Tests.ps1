BeforeAll {
    . $PSScriptRoot/Common.ps1
    $db = Get-Connection
    $run = Get-Run
}

Describe 'Invoke-CmChunk' {
    It 'skips chunks that are done' {
        $results = Get-CmChunkPlan @db $run.RunId | Invoke-CmChunk @db
        $results.Count | Should -Be $run.ChunksTotal
        $results | Where-Object Skipped -EQ $false | Should -BeNullOrEmpty
    }

    It 'takes numbers, as an argument and from the pipeline' {
        (Invoke-CmChunk @db -RunId $run.RunId 0, 1).ChunkId | Should -Be 0, 1
        (0, 1 | Invoke-CmChunk @db -RunId $run.RunId).ChunkId | Should -Be 0, 1
    }

    It 'takes the chunks that a filter leaves' {
        $large = Get-CmChunkPlan @db $run.RunId | Where-Object EstimatedRows -GT 98
        $results = $large | Invoke-CmChunk @db
        $results.ChunkId | Should -Be $large.ChunkId
        $results.RunId | Select-Object -Unique | Should -Be $run.RunId
        $large.Count | Should -BeLessThan $run.ChunksTotal
    }

    It 'does nothing with -WhatIf' {
        Invoke-CmChunk @db -RunId $run.RunId 0 -WhatIf | Should -BeNullOrEmpty
    }

    It 'reports a chunk that does not exist' {
        { Invoke-CmChunk @db -RunId $run.RunId 99999 -ErrorAction Stop } | Assert-Failure ChunkNotFound InvalidResult -Target "$($run.RunId)/99999"
    }

    It 'continues with the next chunk after an error' {
        $results = 99999, 0 | ForEach-Object { [pscustomobject]@{ RunId = $run.RunId; ChunkId = $_ } } |
            Invoke-CmChunk @db -ErrorAction SilentlyContinue -ErrorVariable failures
        $results.ChunkId | Should -Be 0
        $failures.Count | Should -Be 1
    }

    It 'refuses a chunk that belongs to no run' {
        { [pscustomobject]@{ RunId = $null; ChunkId = 1 } | Invoke-CmChunk @db -ErrorAction Stop } |
            Should -Throw -ErrorId 'ParameterArgumentValidationError,CmEtl.PowerShell.InvokeCmChunkCommand'
    }
}
