BeforeAll {
    . $PSScriptRoot/Common.ps1
    $db = Get-Connection
    $run = Get-Run
}

Describe 'Clear-CmEtlHistory' {
    It 'deletes nothing that is needed' {
        $cleared = Clear-CmEtlHistory @db 0 -Confirm:$false
        $cleared.Runs | Should -BeGreaterOrEqual 0
        (Get-CmEtlStatus @db -Last 1).Count | Should -Be 1
    }

    It 'shows what would be deleted' {
        (Clear-CmEtlHistory @db -OlderThan 36500 -WhatIf).Runs | Should -Be 0
    }

    It 'refuses an invalid age' {
        { Clear-CmEtlHistory @db -OlderThan -1 } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }
}
