BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/AwsService.ps1
    $db = Get-Connection
    $run = Get-Run
}

Describe 'Start-CmEtl' {
    It 'shows the plan and changes nothing with -WhatIf' {
        $before = @(Get-CmEtlStatus @db -Last 1000).Count
        $shown = Start-CmEtl @db -New -WhatIf -TargetChunkSize 100
        $shown | Where-Object ChunkId -EQ 0 | Should -Not -BeNullOrEmpty
        @(Get-CmEtlStatus @db -Last 1000).Count | Should -Be $before
    }

    It 'runs to the end and is verified' {
        $run.State | Should -Be 'Completed'
        $run.ChunksDone | Should -Be $run.ChunksTotal
        $run.SweepSafe | Should -BeTrue
    }

    It 'returns immediately without -Wait and continues to work' {
        $started = Start-CmEtl @db -New -TargetChunkSize 100
        $until = (Get-Date).AddMinutes(2)
        do { Start-Sleep -Milliseconds 100; $now = Get-CmEtlStatus @db $started.RunId } until ($now.State -eq 'Completed' -or (Get-Date) -gt $until)
        $now.State | Should -Be 'Completed'
    }

    It 'writes the same rows in one transaction per chunk as in two' {
        $single = Start-CmEtl @db -New -Wait -MarkMode SinglePass -TargetChunkSize 100
        $single.State, $single.RowsConfirmed | Should -Be 'Completed', $run.RowsConfirmed
    }

    It 'reports an invalid setting' {
        { Start-CmEtl @db -TargetChunkSize 0 } | Assert-Failure InvalidSettings InvalidArgument
    }

    It 'refuses settings that do not go together before anything is written' {
        { Start-CmEtl @db -New -Delta -MarkMode TwoPhase } | Assert-Failure PreflightFailed InvalidArgument
    }

    It 'sends no request to start an execution with -WhatIf' {
        $service = [AwsService]::new(@{})
        Start-CmEtl -StateMachineArn arn:aws:states:us-east-1:123456789012:stateMachine:m -EndpointUrl $service.Url -WhatIf
        $service.Close()
        $service.Requests | Should -BeNullOrEmpty
    }

    It 'names the service that refuses an execution' {
        $service = [AwsService]::new(@{})
        try {
            { Start-CmEtl -StateMachineArn arn:aws:states:us-east-1:123456789012:stateMachine:m -EndpointUrl $service.Url } |
                Assert-Failure AccessDeniedException InvalidArgument
        }
        finally { $service.Close() }
        $service.Requests | Should -Contain 'StartExecution'
    }
}
