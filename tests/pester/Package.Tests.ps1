# Only where build.ps1 has just packed what is tested.
Describe 'The package' -Skip:(-not $Env:CMETL_MODULE) {
    BeforeAll {
        . $PSScriptRoot/Common.ps1
        $output = Resolve-Path "$PSScriptRoot/../../output"
        $declared = Import-PowerShellDataFile "$output/CmEtl/CmEtl.psd1"
        $gallery = "cmetl-test-$PID"
        $null = New-Item "$TestDrive/gallery", "$TestDrive/saved" -ItemType Directory
        Copy-Item "$output/CmEtl.$($declared.ModuleVersion).nupkg" "$TestDrive/gallery"
        Register-PSResourceRepository $gallery "$TestDrive/gallery" -Trusted
    }

    AfterAll {
        Unregister-PSResourceRepository $gallery
    }

    It 'is found in a gallery, as the manifest describes it' {
        $found = Find-PSResource CmEtl -Repository $gallery
        $found.Version | Should -Be $declared.ModuleVersion
        $found.Description | Should -Be $declared.Description
    }

    It 'has the tags a gallery searches by' {
        $archive = [IO.Compression.ZipFile]::OpenRead("$TestDrive/gallery/CmEtl.$($declared.ModuleVersion).nupkg")
        try { $nuspec = [xml] [IO.StreamReader]::new($archive.GetEntry('CmEtl.nuspec').Open()).ReadToEnd() }
        finally { $archive.Dispose() }
        $tags = $nuspec.package.metadata.tags -split ' '
        $tags | Should -Contain 'PSModule'
        $tags | Should -Contain 'PSEdition_Core'
        $declared.CmdletsToExport | ForEach-Object { $tags | Should -Contain "PSCmdlet_$_" }
    }

    It 'gives the module that was built, to the byte' {
        Save-PSResource CmEtl -Repository $gallery -Path "$TestDrive/saved"
        $saved = "$TestDrive/saved/CmEtl/$($declared.ModuleVersion)"
        function Get-Fingerprint($Folder) {
            Get-ChildItem $Folder -Recurse -File | Where-Object Name -NE PSGetModuleInfo.xml |
                ForEach-Object { "$([IO.Path]::GetRelativePath($Folder, $_.FullName)) $((Get-FileHash $_).Hash)" } | Sort-Object
        }
        Get-Fingerprint $saved | Should -Be (Get-Fingerprint "$output/CmEtl")
        (Test-ModuleManifest "$saved/CmEtl.psd1").ExportedCmdlets.Count | Should -Be $declared.CmdletsToExport.Count
    }
}
