BeforeAll {
    . $PSScriptRoot/Common.ps1
    $db = Get-Connection
    $run = Get-Run
}

Describe 'Suspend-CmEtl, Resume-CmEtl, Set-CmEtlRun' {
    It 'suspends a run, changes it and resumes it' {
        $started = Start-CmEtl @db -New -TargetChunkSize 1 -MaxKeysPerChunk 1 -MaxConcurrency 1 -ChunkDelaySeconds 0.01
        $suspended = $started | Suspend-CmEtl @db -Reason backup
        $suspended.Reason | Should -BeLike 'suspended since * UTC by * on * (role *): backup'
        ($started | Set-CmEtlRun @db -ThrottleLimit 4 -StopAt (Get-Date).AddHours(2)).MaxConcurrency | Should -Be 4
        (Get-CmEtlStatus @db).StopAt.UtcDateTime | Should -BeGreaterThan (Get-Date).ToUniversalTime().AddMinutes(100)
        ($started | Resume-CmEtl @db).SuspendedAt | Should -BeNullOrEmpty

        $null = $started | Stop-CmEtl @db -Reason 'that was all'
        $until = (Get-Date).AddMinutes(1)
        do { Start-Sleep -Milliseconds 100; $now = Get-CmEtlStatus @db $started.RunId } until ($now.State -eq 'Stopped' -or (Get-Date) -gt $until)
        $now.Reason | Should -BeLike 'stopped by * on * (role *): that was all; *'
        $null = Start-CmEtl @db -New -Wait
    }

    It 'refuses a run that has ended' {
        { Suspend-CmEtl @db -RunId $run.RunId } | Assert-Failure RunNotRunning InvalidResult -Target $run.RunId
    }

    It 'requires a time in the future' {
        { Start-CmEtl @db -Wait -StopAt noon } | Assert-Failure InvalidSettings InvalidArgument
    }

    It 'changes nothing with -WhatIf' {
        Suspend-CmEtl @db -WhatIf | Should -BeNullOrEmpty
    }
}
