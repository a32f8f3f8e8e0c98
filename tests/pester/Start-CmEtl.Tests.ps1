BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/AwsService.ps1
    $db = Get-Connection
    $run = Get-Run
}

Describe 'Start-CmEtl' {
    It 'runs to the end and is verified' {
        $run.State | Should -Be 'Completed'
        $run.ChunksDone | Should -Be $run.ChunksTotal
        $run.SweepSafe | Should -BeTrue
    }

    It 'returns immediately without -Wait and continues to work' {
        $null = [CmEtl.PowerShell.BackgroundRuns]::TakeProblems()
        $started = Start-CmEtl @db -New -TargetChunkSize 100
        $until = (Get-Date).AddMinutes(2)
        do { Start-Sleep -Milliseconds 100; $now = Get-CmEtlStatus @db $started.RunId } until ($now.State -eq 'Completed' -or (Get-Date) -gt $until)
        $now.State | Should -Be 'Completed'
        [CmEtl.PowerShell.BackgroundRuns]::TakeProblems() | Should -BeNullOrEmpty
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
}
