BeforeAll {
    . $PSScriptRoot/Common.ps1
    $db = Get-Connection
    $run = Get-Run
}

Describe 'Get-CmEtlEvent' {
    It 'returns the events of a run, oldest first' {
        $events = $run | Get-CmEtlEvent @db
        $events[0].Kind, $events[-1].Kind | Should -Be 'run started', 'run completed'
        $events.RunId | Select-Object -Unique | Should -Be $run.RunId
        $events.EventId | Should -Be ($events.EventId | Sort-Object)
    }

    It 'filters by kind, with wildcards, and by time' {
        (Get-CmEtlEvent @db $run.RunId -Kind 'RUN C*').Kind | Should -Be 'run completed'
        Get-CmEtlEvent @db $run.RunId -Kind nothing | Should -BeNullOrEmpty
        Get-CmEtlEvent @db -Since (Get-Date).AddHours(1) | Should -BeNullOrEmpty
    }

    It 'takes the chunk from the pipeline' {
        Get-CmEtlStatus @db $run.RunId -Detailed | Select-Object -First 1 | Get-CmEtlEvent @db | Should -BeNullOrEmpty
    }

    It 'follows a run to its end' {
        (Get-CmEtlEvent @db $run.RunId -Follow -Kind 'run *').Kind | Should -Be 'run started', 'run completed'
    }

    It 'reports a run that does not exist' {
        { Get-CmEtlEvent @db nope } | Assert-Failure RunNotFound InvalidResult -Target nope
    }
}
