BeforeAll {
    . $PSScriptRoot/Common.ps1
    $db = Get-Connection
    # The sandbox's own role, because limits cannot be set for system roles, whose names begin with pg_.
    $role = (Get-Sandbox).User
}

Describe 'Grant-CmEtlRole' {
    It 'prints the SQL of each part with -WhatIf, and grants nothing' {
        $script = Grant-CmEtlRole @db -Role Worker -To $role -WhatIf
        $script | Should -BeLike "*-- As * on schema conflict:*GRANT SELECT ON `"conflict`".conflictvisitmaps*TO `"$role`"*"
        $script | Should -Not -Match '\\|:"|:'''
    }

    It 'grants each part, and again' {
        1..2 | ForEach-Object {
            $parts = Grant-CmEtlRole @db Operator $role
            $parts.On | Should -Be 'schema conflict', 'schema analytics', 'schema cm_etl', 'the server'
            $parts.Granted | Should -Not -Contain $false
            $parts.Remedy | Should -Be '', '', '', ''
        }
    }

    It 'reports a role that does not exist' {
        { Grant-CmEtlRole @db -Role Owner -To nobody_of_that_name } | Assert-Failure RoleNotFound InvalidArgument -Target nobody_of_that_name
    }

    It 'refuses an unknown role' {
        { Grant-CmEtlRole @db -Role Sweeper -To $role } | Should -Throw '*Owner, Worker, Operator*'
    }
}
