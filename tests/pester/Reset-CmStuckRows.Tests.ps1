BeforeAll {
    . $PSScriptRoot/Common.ps1
    $db = Get-Connection
    # The newest run: marks may belong to it, so older runs are not reset.
    $old = Get-Run
    $run = Start-CmEtl @db -New -Wait -TargetChunkSize 100
}

Describe 'Reset-CmStuckRows' {
    It 'resets nothing in a completed run' {
        $run | Reset-CmStuckRows @db -WhatIf | Should -BeNullOrEmpty
        $run | Reset-CmStuckRows @db -Confirm:$false | Should -BeNullOrEmpty
    }

    It 'refuses a run that a newer one has superseded' {
        { $old | Reset-CmStuckRows @db -Confirm:$false -ErrorAction Stop } | Should -Throw '*was started after*'
    }

    It 'leaves done chunks done' {
        Get-CmChunkPlan @db $run.RunId | Reset-CmStuckRows @db -Confirm:$false | Should -BeNullOrEmpty
        Get-CmEtlStatus @db $run.RunId -Detailed | Reset-CmStuckRows @db -WhatIf | Should -BeNullOrEmpty
        (Get-CmEtlStatus @db $run.RunId).ChunksDone | Should -Be $run.ChunksTotal
    }

    It 'asks before it changes anything' {
        (Get-Command Reset-CmStuckRows).ImplementingType.GetCustomAttributes($false).ConfirmImpact | Should -Contain 'High'
    }

    It 'reads a number as minutes and refuses a negative one' {
        $minutes = (Get-Command Reset-CmStuckRows).Parameters.OlderThan.Attributes | Where-Object { $_ -is [Management.Automation.ArgumentTransformationAttribute] }
        $minutes.Transform($ExecutionContext, 10) | Should -Be ([timespan] '00:10:00')
        $minutes.Transform($ExecutionContext, '1.5') | Should -Be ([timespan] '00:01:30')
        $minutes.Transform($ExecutionContext, '00:10') | Should -Be '00:10'
        { Reset-CmStuckRows @db -OlderThan -1 -Confirm:$false } | Should -Throw '*number of minutes*'
    }
}
