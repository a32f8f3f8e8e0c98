#Requires -Version 7.6
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0.0' }

# tests/CmEtl.Help.Tests tests that the pages are complete and their examples run. Here PowerShell itself must find and show them.
BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    $names = (Import-PowerShellDataFile $manifest).CmdletsToExport
    $topics = Get-ChildItem "$(Split-Path $manifest)/en-US/about_*.help.txt" | ForEach-Object { $_.Name -replace '\.help\.txt$' }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Help of <_>' -ForEach $names {
    It 'comes from its page' {
        (Get-Help $_).Synopsis | Should -Match '\.\s*$'
        (Get-Help $_).Description.Text | Should -Not -BeNullOrEmpty
    }

    It 'shows every parameter with <_> -Parameter *' {
        $known = (Get-Command $_).Parameters.Keys | Where-Object { $_ -notin [System.Management.Automation.Cmdlet]::CommonParameters }
        if (-not $known) { Set-ItResult -Skipped -Because 'it has no parameters'; return }
        (Get-Help $_ -Parameter *).Name | Sort-Object | Should -Be ($known | Sort-Object)
    }

    It 'shows its examples' {
        Get-Help $_ -Examples | Out-String | Should -Match '---- Example 2: '
    }

    It 'has no link to an online version' {
        { Get-Help $_ -Online -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidOperation,Microsoft.PowerShell.Commands.GetHelpCommand'
    }
}

Describe 'Topics' {
    It 'has <_>' -ForEach $topics {
        Get-Help $_ | Should -Match 'SHORT DESCRIPTION'
    }

    It 'has all documented topics' {
        (Get-Help about_CmEtl*).Count | Should -BeGreaterOrEqual 4
    }
}
