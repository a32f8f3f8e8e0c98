BeforeAll {
    . $PSScriptRoot/Common.ps1
    $sandbox = New-CmSandbox -Visits 0
}

Describe 'Remove-CmSandbox' {
    It 'removes nothing with -WhatIf' {
        $sandbox | Remove-CmSandbox -WhatIf
        $sandbox.Path | Should -Exist
    }

    It 'removes what the session worked on' {
        # The newest sandbox is the session's connection; it has no run yet.
        { Get-CmEtlStatus } | Assert-Failure NoRun InvalidResult
        $sandbox | Remove-CmSandbox -Confirm:$false
        $sandbox.Path | Should -Not -Exist
        { Get-CmEtlStatus } | Assert-Failure NoDatabase InvalidArgument
    }

    It 'does nothing for one that no longer exists' {
        { Remove-CmSandbox $sandbox.Path -Confirm:$false } | Should -Not -Throw
    }

    It 'touches no other folder' {
        New-Item "$TestDrive/mine/file" -Force
        { Remove-CmSandbox "$TestDrive/mine" -Confirm:$false } | Assert-Failure NotASandbox InvalidArgument -Target Remove-CmSandbox
        "$TestDrive/mine/file" | Should -Exist
    }
}

AfterAll {
    Remove-CmSandbox $sandbox.Path -Confirm:$false
}
