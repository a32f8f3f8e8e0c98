BeforeAll {
    . $PSScriptRoot/Common.ps1
    $sandbox = Get-Sandbox
}

Describe 'New-CmSandbox' {
    It 'says where it is and what is in it' {
        $sandbox.Path | Should -Exist
        $sandbox.Host | Should -Be '127.0.0.1'
        $sandbox.Visits | Should -Be 2000
        $sandbox.ConflictRows | Should -BeGreaterThan 0
    }

    It 'never shows its password' {
        $sandbox | ConvertTo-Json -Depth 5 | Should -Not -Match 'password'
        $sandbox | Format-List * -Force | Out-String | Should -Not -Match 'password'
        "$($sandbox.Connection)" | Should -Be "$($sandbox.User)@$($sandbox.Host):$($sandbox.Port)/$($sandbox.Database)"
    }

    It 'makes nothing with -WhatIf' {
        New-CmSandbox -Path "$TestDrive/none" -WhatIf | Should -BeNullOrEmpty
        "$TestDrive/none" | Should -Not -Exist
    }

    It 'wants a folder of its own' {
        New-Item "$TestDrive/full/file" -Force
        { New-CmSandbox -Path "$TestDrive/full" } | Assert-Failure SandboxFolderNotEmpty InvalidArgument
        "$TestDrive/full/file" | Should -Exist
    }

    It 'says how to get PostgreSQL' {
        { New-CmSandbox -PostgresBin $TestDrive } | Assert-Failure PostgresNotFound InvalidArgument
    }
}
