#Requires -Version 7.6
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0.0' }

BeforeAll {
    $manifest = "$PSScriptRoot/../../output/CmEtl/CmEtl.psd1"
    $declared = (Import-PowerShellDataFile $manifest).CmdletsToExport
    Import-Module $manifest -Force
}

AfterAll {
    Remove-Module CmEtl
}

Describe 'Import' {
    It 'has a valid manifest' {
        (Test-ModuleManifest $manifest).ExportedCmdlets.Count | Should -Be $declared.Count
    }

    It 'survives -Force twice' {
        Import-Module $manifest -Force
        Import-Module $manifest -Force
        @(Get-Command -Module CmEtl).Name | Sort-Object | Should -Be ($declared | Sort-Object)
        { New-CmSandbox -WhatIf } | Should -Not -Throw
    }

    It 'keeps Npgsql to itself' {
        Test-CmEtlConfig -HostName 127.0.0.1 -Port 1 -Database none -ErrorAction SilentlyContinue | Out-Null
        $shared = [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | ForEach-Object { $_.GetName().Name }
        $shared | Should -Not -Contain 'Npgsql'
        $shared | Should -Not -Contain 'CmEtl.Engine'
    }
}

Describe 'Errors' {
    It 'names a setting that is not usable' {
        $failure = { Get-CmEtlStatus -Database none -Port 70000 } | Should -Throw -PassThru
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidSettings,*'
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'refuses a chunk that belongs to no run' {
        { [pscustomobject]@{ RunId = $null; ChunkId = 1 } | Invoke-CmChunk -ErrorAction Stop } | Should -Throw
    }
}

Describe 'A sandbox' {
    BeforeAll {
        $sandbox = New-CmSandbox -Visits 2000
    }

    AfterAll {
        $sandbox | Remove-CmSandbox -Confirm:$false
    }

    It 'never shows its password' {
        $sandbox | ConvertTo-Json -Depth 5 | Should -Not -Match 'password'
        $sandbox | Format-List * -Force | Out-String | Should -Not -Match 'password'
    }

    It 'is fit for a run' {
        Test-CmEtlConfig | Where-Object Severity -EQ Error | Should -BeNullOrEmpty
    }

    It 'shows the plan and changes nothing with -WhatIf' {
        Start-CmEtl -New -WhatIf -TargetChunkSize 100 | Where-Object ChunkId -EQ 0 | Should -Not -BeNullOrEmpty
        @(Get-CmEtlStatus -Last 10).Count | Should -Be 0
    }

    It 'runs to the end' {
        $status = $sandbox | Start-CmEtl -Wait -TargetChunkSize 100
        $status.State | Should -Be 'Completed'
        $status.ChunksDone | Should -Be $status.ChunksTotal
    }

    It 'skips chunks that are done' {
        Get-CmChunkPlan | Invoke-CmChunk | Where-Object Skipped -EQ $false | Should -BeNullOrEmpty
    }

    It 'has nothing to reset afterwards' {
        Get-CmEtlStatus | Reset-CmStuckRows -Confirm:$false | Should -BeNullOrEmpty
    }

    It 'shows <_> as a table' -ForEach 'Get-CmEtlStatus', 'Get-CmChunkPlan' {
        & $_ | Out-String -Width 200 | Should -Match 'Rows/s'
    }
}
