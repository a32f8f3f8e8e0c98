BeforeAll {
    . $PSScriptRoot/Common.ps1
    $sandbox = Get-Sandbox
}

Describe 'Disconnect-CmDatabase' {
    It 'forgets the connection' {
        $null = $sandbox | Connect-CmDatabase
        Disconnect-CmDatabase
        { Get-CmEtlStatus } | Assert-Failure NoDatabase InvalidArgument -Remedy '*Connect-CmDatabase*'
    }

    It 'may be repeated' {
        { Disconnect-CmDatabase; Disconnect-CmDatabase } | Should -Not -Throw
    }

    It 'leaves the sandbox running' {
        $null = $sandbox | Connect-CmDatabase
        Disconnect-CmDatabase
        { $sandbox | Get-CmEtlStatus -Last 1 } | Should -Not -Throw
    }
}
