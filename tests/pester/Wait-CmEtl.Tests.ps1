BeforeAll {
    . $PSScriptRoot/Common.ps1
    $db = Get-Connection
    $run = Get-Run
}

Describe 'Wait-CmEtl' {
    It 'returns a run that has ended at once' {
        $ended = $run | Wait-CmEtl @db -ErrorAction SilentlyContinue
        $ended.RunId, $ended.State | Should -Be $run.RunId, 'Completed'
    }

    It 'does not affect a run at the timeout, and waits for its end' {
        $started = Start-CmEtl @db -New -TargetChunkSize 1 -MaxKeysPerChunk 1 -MaxConcurrency 1
        { $started | Wait-CmEtl @db -Timeout 0 -ErrorAction Stop } | Assert-Failure WaitTimeout OperationTimeout -Target $started.RunId

        $null = Stop-CmEtl @db $started.RunId -Reason 'enough'
        { $started | Wait-CmEtl @db -ErrorAction Stop } | Assert-Failure RunStopped InvalidResult -Target $started.RunId
        $done = Start-CmEtl @db -New -Wait -TargetChunkSize 100
        ($done | Wait-CmEtl @db).SweepSafe | Should -BeTrue
    }

    It 'reports a run that does not exist' {
        { Wait-CmEtl @db nope } | Assert-Failure RunNotFound InvalidResult -Target nope
    }
}
