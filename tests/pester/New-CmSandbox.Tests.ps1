BeforeAll {
    . $PSScriptRoot/Common.ps1
    $sandbox = Get-Sandbox
}

Describe 'New-CmSandbox' {
    It 'returns its folder and its contents' {
        $sandbox.Path | Should -Exist
        $sandbox.Host | Should -Be '127.0.0.1'
        $sandbox.Visits | Should -Be 2000
        $sandbox.ConflictRows | Should -BeGreaterThan 0
    }

    It 'never shows its password' {
        $password = Get-Password $sandbox
        $password | Should -Not -BeNullOrEmpty
        foreach ($text in ($sandbox | ConvertTo-Json -Depth 5), ($sandbox | Format-List * -Force | Out-String)) {
            $text | Should -Not -Match 'password'
            $text | Should -Not -Match ([regex]::Escape($password))
        }
        "$($sandbox.Connection)" | Should -Be "$($sandbox.User)@$($sandbox.Host):$($sandbox.Port)/$($sandbox.Database)"
    }

    It 'creates nothing with -WhatIf' {
        New-CmSandbox -Path "$TestDrive/none" -WhatIf | Should -BeNullOrEmpty
        "$TestDrive/none" | Should -Not -Exist
    }

    It 'requires an empty folder' {
        New-Item "$TestDrive/full/file" -Force
        { New-CmSandbox -Path "$TestDrive/full" } | Assert-Failure SandboxFolderNotEmpty InvalidArgument -Target New-CmSandbox
        "$TestDrive/full/file" | Should -Exist
    }

    It 'says how to get PostgreSQL' {
        { New-CmSandbox -PostgresBin $TestDrive } | Assert-Failure PostgresNotFound InvalidArgument
    }
}
