BeforeAll {
    . $PSScriptRoot/Common.ps1
    $db = Get-Connection
}

Describe 'Test-CmEtlConfig' {
    It 'finds a sandbox fit for a run' {
        Test-CmEtlConfig @db | Where-Object Severity -EQ Error | Should -BeNullOrEmpty
        (Test-CmEtlConfig @db | Where-Object Check -EQ Connection).Message | Should -BeLike 'PostgreSQL *'
    }

    It 'reports a missing schema, with a remedy' {
        $errors = Test-CmEtlConfig @db -ConflictSchema nowhere | Where-Object Severity -EQ Error
        $errors | Should -Not -BeNullOrEmpty
        $errors.Remedy | Should -Not -Contain ''
    }

    It 'reports <Text> as a finding about the settings' -ForEach @(
        @{ Text = 'a bad port'; Settings = @{ Database = 'd'; Port = 70000 }; Named = '*70000*' }
        @{ Text = 'no database'; Settings = @{ HostName = '127.0.0.1' }; Named = '*database*' }
        @{ Text = 'a missing file'; Settings = @{ SettingsPath = '/no/such.json' }; Named = '*/no/such.json*' }
    ) {
        $finding = Test-CmEtlConfig @Settings
        $finding.Severity, $finding.Check | Should -Be 'Error', 'Settings'
        $finding.Message | Should -BeLike $Named
        $finding.Remedy | Should -Not -BeNullOrEmpty
    }

    It 'distinguishes the finding about a closed port' {
        $nobody = [pscredential]::new('nobody', [securestring]::new())
        $finding = Test-CmEtlConfig -HostName 127.0.0.1 -Port 1 -Database d -Credential $nobody | Where-Object Severity -EQ Error
        $finding.Check | Should -Be 'Connection'
    }
}
