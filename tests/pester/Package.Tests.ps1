# Only if build.ps1 has just packed the module under test.
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

    It 'has the tags for the search in a gallery' {
        $archive = [IO.Compression.ZipFile]::OpenRead("$TestDrive/gallery/CmEtl.$($declared.ModuleVersion).nupkg")
        try { $nuspec = [xml] [IO.StreamReader]::new($archive.GetEntry('CmEtl.nuspec').Open()).ReadToEnd() }
        finally { $archive.Dispose() }
        $tags = $nuspec.package.metadata.tags -split ' '
        $tags | Should -Contain 'PSModule'
        $tags | Should -Contain 'PSEdition_Core'
        $declared.CmdletsToExport | ForEach-Object { $tags | Should -Contain "PSCmdlet_$_" }
    }

    It 'contains exactly the module that was built' {
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

# Only if build.ps1 has just packed the module under test.
Describe 'The offline package' -Skip:(-not $Env:CMETL_MODULE) {
    BeforeAll {
        $output = Resolve-Path "$PSScriptRoot/../../output"
        $version = (Import-PowerShellDataFile "$output/CmEtl/CmEtl.psd1").ModuleVersion
        # Not below a folder that only its owner may enter, because another account must reach it.
        $place = (New-Item "$([IO.Path]::GetTempPath())/cmetl-package-$PID" -ItemType Directory).FullName
        $package = "$place/CmEtl-$version"
        [IO.Compression.ZipFile]::ExtractToDirectory("$output/CmEtl-$version.zip", $place)
    }

    AfterAll {
        if (-not $IsWindows) { chmod -R u+w $place }
        Remove-Item $place -Recurse -Force
    }

    It 'has module, launcher, SQL, definitions, schedules and pages' {
        'CmEtl/CmEtl.psd1', 'cmetl', 'cmetl.cmd', 'sql/roles/worker.sql', 'sql/status/sweep_safe.sql', 'step_functions/etl_pipeline.json',
        'step_functions/etl_pipeline_ready.json', 'step_functions/etl_pipeline_phase2_ready.json', 'deploy_step_functions.ps1', 'deploy_step_functions.sh',
        'schedules/systemd/cmetl.service', 'docs/install.md', 'LICENSE', 'CHANGELOG.md' | ForEach-Object { "$package/$_" | Should -Exist }
    }

    It 'runs from a read-only folder, for an account without rights and without a home' -Skip:($IsWindows -or (id -u) -ne 0) {
        chmod -R a-w,a+rX $place
        $before = Get-ChildItem $place -Recurse | Select-Object FullName, LastWriteTime
        setpriv --reuid 65534 --regid 65534 --clear-groups env -i "PATH=$Env:PATH" "$package/cmetl" '(Get-Command -Module CmEtl).Count; 1 | Measure-Object | ForEach-Object Count' |
            Should -Be (Get-Command -Module CmEtl).Count, 1
        Get-ChildItem $place -Recurse | Select-Object FullName, LastWriteTime | ConvertTo-Json | Should -Be ($before | ConvertTo-Json)
    }

    It 'has the documented deployment script for bash' -Skip:$IsWindows {
        . $PSScriptRoot/AwsService.ps1
        $service = [AwsService]::new(@{
            ListStateMachines = (200, '{"stateMachines":[]}')
            ValidateStateMachineDefinition = (200, '{"result":"OK","diagnostics":[]}')
            CreateStateMachine = (200, '{"stateMachineArn":"arn:aws:states:us-east-1:123456789012:stateMachine:cm-etl-pipeline-phase2","creationDate":1}')
        })
        Push-Location $package
        try {
            $Env:AWS_ENDPOINT_URL_SFN = $service.Url
            bash -c './deploy_step_functions.sh \
              --lambda-arn "arn:aws:lambda:us-east-1:123456789:function:my-function" \
              --role-arn "arn:aws:iam::123456789:role/cm-step-function-lambda-role" \
              --state-machine-name "cm-etl-pipeline-phase2" \
              --definition-file "step_functions/etl_pipeline_phase2_ready.json"' | Out-String | Should -Match 'cm-etl-pipeline-phase2'
            $LASTEXITCODE | Should -Be 0
            $service.Requests | Should -Contain CreateStateMachine
            bash -c './deploy_step_functions.sh --lambda-arn x' 2>$null
            $LASTEXITCODE | Should -Be 2
        }
        finally { $Env:AWS_ENDPOINT_URL_SFN = $null; Pop-Location; $service.Close() }
    }

    It 'has a systemd service and a timer that systemd accepts' -Skip:(-not (Get-Command systemd-analyze -ErrorAction Ignore)) {
        $units = "$TestDrive/units"
        Copy-Item "$package/schedules/systemd" $units -Recurse
        (Get-Content "$units/cmetl.service" -Raw) -replace '/opt/cmetl/', "$package/" | Set-Content "$units/cmetl.service"
        systemd-analyze verify "$units/cmetl.service" "$units/cmetl.timer" 2>&1 | Should -BeNullOrEmpty
    }
}
