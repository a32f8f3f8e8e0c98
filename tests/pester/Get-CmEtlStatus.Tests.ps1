BeforeAll {
    . $PSScriptRoot/Common.ps1
    $db = Get-Connection
    $run = Get-Run
}

Describe 'Get-CmEtlStatus' {
    It 'shows a run' {
        $status = Get-CmEtlStatus @db $run.RunId
        $status.State | Should -Be 'Completed'
        $status.ChunksDone | Should -Be $status.ChunksTotal
        $status.StartedAt | Should -BeOfType DateTimeOffset
        $status.Elapsed | Should -BeOfType TimeSpan
    }

    It 'has counts that add up' {
        $status = Get-CmEtlStatus @db $run.RunId
        $status.RowsConfirmed + $status.RowsUnconfirmed + $status.RowsDeferred | Should -Be $status.RowsPlanned
    }

    It 'lists the newest runs' {
        (Get-CmEtlStatus @db -Last 100).RunId | Should -Contain $run.RunId
        @(Get-CmEtlStatus @db -Last 1).Count | Should -Be 1
    }

    It 'shows the chunks of a run' {
        $chunks = Get-CmEtlStatus @db $run.RunId -Detailed
        $chunks.Count | Should -Be $run.ChunksTotal
        ($chunks | Measure-Object RowsConfirmed -Sum).Sum | Should -Be $run.RowsConfirmed
    }

    It 'takes the run from the pipeline' {
        ($run | Get-CmEtlStatus @db).RunId | Should -Be $run.RunId
    }

    It 'shows a run as a table' {
        $run | Get-CmEtlStatus @db | Out-String -Width 200 | Should -Match 'Rows/s'
    }

    It 'reports a run that does not exist' {
        { Get-CmEtlStatus @db nope } | Assert-Failure RunNotFound InvalidResult -Target nope
    }

    It 'reports an invalid setting' {
        { Get-CmEtlStatus -Database none -Port 70000 } | Assert-Failure InvalidSettings InvalidArgument
    }

    It 'reports that a service does not respond' {
        $execution = 'arn:aws:states:us-east-1:123456789012:execution:m:night'
        . $PSScriptRoot/AwsService.ps1
        { Get-CmEtlStatus -ExecutionArn $execution -EndpointUrl http://127.0.0.1:1 } | Assert-Failure ServiceUnreachable ConnectionError
    }
}
