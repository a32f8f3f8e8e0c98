BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/AwsService.ps1
    $db = Get-Connection
    $run = Get-Run

    # One row per chunk and one worker: the stop comes before the end.
    function Start-AndStop {
        $started = Start-CmEtl @db -New -TargetChunkSize 1 -MaxKeysPerChunk 1 -MaxConcurrency 1
        (Stop-CmEtl @db $started.RunId -Reason lunch).RunId | Should -Be $started.RunId
        $until = (Get-Date).AddMinutes(1)
        do { Start-Sleep -Milliseconds 100; $now = Get-CmEtlStatus @db $started.RunId } until ($now.State -eq 'Stopped' -or (Get-Date) -gt $until)
        $now
    }
}

Describe 'Stop-CmEtl' {
    It 'stops a run, which can be resumed' {
        $stopped = Start-AndStop
        $stopped.State | Should -Be 'Stopped'
        $stopped.ChunksPending | Should -BeGreaterThan 0

        $resumed = Start-CmEtl @db -Wait -TargetChunkSize 1 -MaxKeysPerChunk 1
        $resumed.RunId, $resumed.State | Should -Be $stopped.RunId, 'Completed'
    }

    It 'abandons a run only with -Abandon' {
        $stopped = Start-AndStop
        Stop-CmEtl @db $stopped.RunId -Abandon -WhatIf | Should -BeNullOrEmpty
        (Get-CmEtlStatus @db $stopped.RunId).State | Should -Be 'Stopped'

        $given = Stop-CmEtl @db $stopped.RunId -Abandon -Reason 'over'
        $given.State | Should -Be 'Abandoned'
        $given.Reason | Should -BeLike 'abandoned by * on * (role *): over'
    }

    It 'does not change a run that has ended' {
        $run | Stop-CmEtl @db -WhatIf | Should -BeNullOrEmpty
        ($run | Stop-CmEtl @db).State | Should -Be 'Completed'
        { Stop-CmEtl @db $run.RunId -Abandon } | Assert-Failure RunFinished InvalidResult -Target $run.RunId
    }

    It 'sends no request to stop an execution with -WhatIf' {
        $service = [AwsService]::new(@{})
        Stop-CmEtl -ExecutionArn arn:aws:states:us-east-1:123456789012:execution:m:night -EndpointUrl $service.Url -WhatIf
        $service.Close()
        $service.Requests | Should -BeNullOrEmpty
    }
}
