#Requires -Version 7.6
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0.0' }

# tests/CmEtl.Help.Tests tests that the pages are complete and their examples run. Here pwsh itself must find and show them.
BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    $names = (Import-PowerShellDataFile $manifest).CmdletsToExport
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Help of <_>' -ForEach $names {
    It 'shows every parameter with <_> -Parameter *' {
        $known = (Get-Command $_).Parameters.Keys | Where-Object { $_ -notin [System.Management.Automation.Cmdlet]::CommonParameters }
        if (-not $known) { Set-ItResult -Skipped -Because 'it has no parameters'; return }
        (Get-Help $_ -Parameter *).Name | Sort-Object | Should -Be ($known | Sort-Object)
    }

    It 'has no link to an online version' {
        { Get-Help $_ -Online -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidOperation,Microsoft.PowerShell.Commands.GetHelpCommand'
    }
}
