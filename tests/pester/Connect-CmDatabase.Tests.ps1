BeforeAll {
    . $PSScriptRoot/Common.ps1
    $sandbox = Get-Sandbox
}

AfterAll {
    Disconnect-CmDatabase
}

Describe 'Connect-CmDatabase' {
    It 'never shows the password' {
        $reached = $sandbox | Connect-CmDatabase
        foreach ($text in ($reached | ConvertTo-Json -Depth 5), ($reached | Format-List * -Force | Out-String), "$reached") {
            $text | Should -Not -Match 'password'
            $text | Should -Not -Match ([regex]::Escape((Get-Password $sandbox)))
        }
    }
}
