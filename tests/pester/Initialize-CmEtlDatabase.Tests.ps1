BeforeAll {
    . $PSScriptRoot/Common.ps1
    $db = Get-Connection
}

Describe 'Initialize-CmEtlDatabase' {
    It 'returns the script with -WhatIf and applies nothing' {
        $script = Initialize-CmEtlDatabase @db -LedgerSchema other_ledger -WhatIf
        $script -join "`n" | Should -Match 'CREATE TABLE'
        $script -join "`n" | Should -Match 'other_ledger'
        $again = Initialize-CmEtlDatabase @db -LedgerSchema other_ledger -WhatIf
        $again | Should -Be $script
    }

    It 'applies what is missing, once' {
        (Initialize-CmEtlDatabase @db -LedgerSchema second_ledger).Name | Should -Not -BeNullOrEmpty
        Initialize-CmEtlDatabase @db -LedgerSchema second_ledger | Should -BeNullOrEmpty
    }

    It 'has nothing to do in a sandbox, indexes included' {
        Initialize-CmEtlDatabase @db -Indexes | Should -BeNullOrEmpty
    }

    It 'reports an invalid schema name' {
        { Initialize-CmEtlDatabase @db -LedgerSchema 'a"b' } | Assert-Failure InvalidSettings InvalidArgument
    }

    It 'reports that no server responds' {
        $nobody = [pscredential]::new('nobody', [securestring]::new())
        { Initialize-CmEtlDatabase -HostName 127.0.0.1 -Port 1 -Database d -Credential $nobody } | Assert-Failure Postgres08006 ConnectionError
    }
}
