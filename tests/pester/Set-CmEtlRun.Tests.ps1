BeforeAll {
    . $PSScriptRoot/Common.ps1
    $db = Get-Connection
    $run = Get-Run
}

Describe 'Set-CmEtlRun' {
    It 'refuses a run that has ended' {
        { Set-CmEtlRun @db -RunId $run.RunId -MaxConcurrency 3 } | Assert-Failure RunNotRunning InvalidResult -Target $run.RunId
    }

    It 'requires a change, and a time in the future' {
        { Set-CmEtlRun @db } | Assert-Failure InvalidSettings InvalidArgument
        { Set-CmEtlRun @db -StopAt 2020-01-01T06:00Z } | Assert-Failure InvalidSettings InvalidArgument
    }

    It 'changes nothing with -WhatIf' {
        Set-CmEtlRun @db -MaxConcurrency 3 -WhatIf | Should -BeNullOrEmpty
    }
}
