BeforeAll {
    . $PSScriptRoot/Common.ps1
    $db = Get-Connection
    $run = Get-Run
}

Describe 'Resume-CmEtl' {
    It 'refuses a run that has ended' {
        { Resume-CmEtl @db -RunId $run.RunId } | Assert-Failure RunNotRunning InvalidResult -Target $run.RunId
    }

    It 'changes nothing with -WhatIf' {
        Resume-CmEtl @db -WhatIf | Should -BeNullOrEmpty
    }
}
