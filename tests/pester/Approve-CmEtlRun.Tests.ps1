BeforeAll {
    . $PSScriptRoot/Common.ps1
    $db = Get-Connection
    $run = Get-Run
    # A limit that no run meets, so that its result is implausible without a change to the data that other tests use.
    function Start-Doubted {
        $Env:CMETL_MAX_UNCONFIRMED_PERCENT = 1
        try { Start-CmEtl @db -New -Wait -TargetChunkSize 100 -ErrorAction SilentlyContinue }
        finally { $Env:CMETL_MAX_UNCONFIRMED_PERCENT = $null }
    }
}

Describe 'Approve-CmEtlRun' {
    It 'approves an implausible run once' {
        $doubted = Start-Doubted
        $doubted.State, $doubted.SweepSafe | Should -Be 'Completed', $false
        $doubted.Reason | Should -BeLike 'not plausible: *max_unconfirmed_percent = 1*'

        $doubted | Approve-CmEtlRun @db -Reason 'looked at it' -WhatIf | Should -BeNullOrEmpty
        (Get-CmEtlStatus @db).SweepSafe | Should -BeFalse

        $approved = $doubted | Approve-CmEtlRun @db -Reason 'looked at it' -Confirm:$false
        $approved.RunId, $approved.SweepSafe, $approved.ApprovedReason | Should -Be $doubted.RunId, $true, 'looked at it'
        { Approve-CmEtlRun @db -Reason 'again' -Confirm:$false } | Assert-Failure RunNotApprovable InvalidResult -Target $doubted.RunId
    }

    It 'requires a reason of one line' {
        { Approve-CmEtlRun @db -Reason "a`nb" -Confirm:$false } | Assert-Failure InvalidReason InvalidArgument
        (Get-Command Approve-CmEtlRun).Parameters['Reason'].Attributes.Mandatory | Should -Contain $true
    }

    It 'asks before it changes anything' {
        (Get-Command Approve-CmEtlRun).ImplementingType.GetCustomAttributes($false).ConfirmImpact | Should -Contain 'High'
    }

    It 'reports a run that does not exist' {
        { Approve-CmEtlRun @db nope -Reason why -Confirm:$false } | Assert-Failure RunNotFound InvalidResult -Target nope
    }
}
