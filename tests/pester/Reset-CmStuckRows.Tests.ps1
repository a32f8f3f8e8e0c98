BeforeAll {
    . $PSScriptRoot/Common.ps1
    $db = Get-Connection
    $run = Get-Run
}

Describe 'Reset-CmStuckRows' {
    It 'has nothing to reset in a finished run' {
        $run | Reset-CmStuckRows @db -Confirm:$false | Should -BeNullOrEmpty
    }

    It 'leaves done chunks done' {
        Get-CmChunkPlan @db $run.RunId | Reset-CmStuckRows @db -Confirm:$false | Should -BeNullOrEmpty
        (Get-CmEtlStatus @db $run.RunId).ChunksDone | Should -Be $run.ChunksTotal
    }

    It 'asks before it changes anything' {
        (Get-Command Reset-CmStuckRows).ImplementingType.GetCustomAttributes($false).ConfirmImpact | Should -Contain 'High'
    }

    It 'names a run that does not exist' {
        { Reset-CmStuckRows @db nope -Confirm:$false } | Assert-Failure RunNotFound InvalidResult -Target nope
    }
}
