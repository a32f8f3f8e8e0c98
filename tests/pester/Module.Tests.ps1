#Requires -Version 7.6
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0.0' }

BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    $cmdlets = (Import-PowerShellDataFile $manifest).CmdletsToExport
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $declared = (Import-PowerShellDataFile $manifest).CmdletsToExport
}

Describe 'Import' {
    It 'loads the module under test' {
        (Get-Module CmEtl).ModuleBase | Should -Be (Split-Path (Resolve-Path $manifest))
    }

    It 'has a valid manifest' {
        (Test-ModuleManifest $manifest).ExportedCmdlets.Count | Should -Be $declared.Count
    }

    It 'has the version of its assembly' {
        $version = (Get-Module CmEtl).Version
        [Reflection.AssemblyName]::GetAssemblyName("$(Split-Path $manifest)/CmEtl.PowerShell.dll").Version.ToString(3) | Should -Be $version.ToString()
    }

    It 'survives -Force twice' {
        Import-Module $manifest -Force
        Import-Module $manifest -Force
        @(Get-Command -Module CmEtl).Name | Sort-Object | Should -Be ($declared | Sort-Object)
        New-CmSandbox -WhatIf -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'exports cmdlets and nothing else' {
        $module = Get-Module CmEtl
        $module.ExportedFunctions.Count + $module.ExportedAliases.Count + $module.ExportedVariables.Count | Should -Be 0
    }

    It 'keeps its dependencies to itself' {
        Test-CmEtlConfig -HostName 127.0.0.1 -Port 1 -Database none -ErrorAction SilentlyContinue | Out-Null
        $contexts = [System.Runtime.Loader.AssemblyLoadContext]
        ($contexts::All | Where-Object Name -EQ CmEtl).Assemblies | ForEach-Object { $_.GetName().Name } | Should -Contain 'CmEtl.Engine'
        $shared = $contexts::Default.Assemblies | ForEach-Object { $_.GetName().Name }
        'Npgsql', 'CmEtl.Engine', 'CmEtl.Sandbox' | ForEach-Object { $shared | Should -Not -Contain $_ }
        { $contexts::Default.LoadFromAssemblyName('Npgsql') } | Should -Throw -ErrorId FileNotFoundException
    }
}

Describe '<_>' -ForEach $cmdlets {
    It 'has a test file' {
        "$PSScriptRoot/$_.Tests.ps1" | Should -Exist
    }

    It 'has an approved verb' {
        Get-Verb ($_ -split '-')[0] | Should -Not -BeNullOrEmpty
    }
}
