BeforeAll {
    . $PSScriptRoot/Common.ps1
    $sandbox = Get-Sandbox
}

AfterAll {
    Disconnect-CmDatabase
}

Describe 'Connect-CmDatabase' {
    It 'describes the server' {
        $reached = $sandbox | Connect-CmDatabase
        $reached.Host | Should -Be '127.0.0.1'
        $reached.Database | Should -Be $sandbox.Database
        $reached.ConflictSchema | Should -Be 'conflict'
        $reached.LedgerVersion | Should -Not -BeNullOrEmpty
    }

    It 'is what later cmdlets use' {
        $null = $sandbox | Connect-CmDatabase
        Test-CmEtlConfig | Where-Object Severity -EQ Error | Should -BeNullOrEmpty
    }

    It 'can be piped' {
        $run = Get-Run
        ($sandbox | Connect-CmDatabase | Get-CmEtlStatus -RunId $run.RunId).RunId | Should -Be $run.RunId
    }

    It 'never shows the password' {
        $reached = $sandbox | Connect-CmDatabase
        foreach ($text in ($reached | ConvertTo-Json -Depth 5), ($reached | Format-List * -Force | Out-String), "$reached") {
            $text | Should -Not -Match 'password'
            $text | Should -Not -Match ([regex]::Escape((Get-Password $sandbox)))
        }
    }

    It 'reports immediately that no server responds, and keeps no connection' {
        $null = $sandbox | Connect-CmDatabase
        { Connect-CmDatabase -HostName 127.0.0.1 -Port 1 -Database none -Credential ([pscredential]::new('nobody', (ConvertTo-SecureString x -AsPlainText -Force))) } |
            Assert-Failure Postgres08006 ConnectionError
        { Get-CmEtlStatus } | Assert-Failure NoDatabase InvalidArgument
    }

    It 'reports an unsupported keyword of a connection string without repeating values' {
        $failure = { Connect-CmDatabase 'Host=127.0.0.1;Password=canary;Include Error Detail=true' } | Should -Throw -ErrorId 'InvalidConnectionString,*' -PassThru
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $failure | Format-List * -Force | Out-String | Should -Not -Match 'canary'
    }
}
