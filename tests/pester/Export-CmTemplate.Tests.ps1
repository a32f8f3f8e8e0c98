BeforeAll {
    . $PSScriptRoot/Common.ps1
    # A package is a zip file with a program.
    New-Item "$TestDrive/program" -ItemType Directory
    Set-Content "$TestDrive/program/bootstrap" '#!/bin/sh'
    [IO.Compression.ZipFile]::CreateFromDirectory("$TestDrive/program", "$TestDrive/package.zip")
    $package = @{ PackagePath = "$TestDrive/package.zip" }
}

Describe 'Export-CmTemplate' {
    It 'writes the template as JSON, and the package next to it' -ForEach 'CloudFormation', 'Terraform' {
        $files = Export-CmTemplate "$TestDrive/$_" -Format $_ @package
        $files | Should -HaveCount 2
        Get-Content $files[0] -Raw | Test-Json | Should -BeTrue
        (Get-FileHash $files[1]).Hash | Should -Be (Get-FileHash "$TestDrive/package.zip").Hash
        Get-Content $files[0] -Raw | Should -Match ([regex]::Escape($files[1].Name))
    }

    It 'writes nothing with -WhatIf' {
        Export-CmTemplate "$TestDrive/none" -Format Terraform @package -WhatIf | Should -BeNullOrEmpty
        "$TestDrive/none" | Should -Not -Exist
    }

    It 'replaces the template only with -Force' {
        $first = (Export-CmTemplate "$TestDrive/twice" -Format Terraform @package)[0].FullName
        { Export-CmTemplate "$TestDrive/twice" -Format Terraform @package } | Assert-Failure FileExists InvalidArgument -Target $first
        Export-CmTemplate "$TestDrive/twice" -Format Terraform @package -Force | Should -Not -BeNullOrEmpty
    }

    It 'has a bucket only for the definition that needs one' {
        $files = Export-CmTemplate "$TestDrive/bucket" -Format CloudFormation @package -DefinitionFile etl_pipeline_phase2_distributed.json -MaxConcurrency 20
        Get-Content $files[0] -Raw | Should -Match 'AWS::S3::Bucket"'
        Get-Content (Export-CmTemplate "$TestDrive/plain" -Format CloudFormation @package)[0] -Raw | Should -Not -Match 'AWS::S3::Bucket"'
    }

    It 'reports a file that is not a package' {
        Set-Content "$TestDrive/text.zip" 'text'
        { Export-CmTemplate "$TestDrive/none" -Format Terraform -PackagePath "$TestDrive/text.zip" } | Assert-Failure InvalidPackage InvalidArgument
    }

    It 'reports a file without a certificate' {
        Set-Content "$TestDrive/empty.pem" 'text'
        { Export-CmTemplate "$TestDrive/none" -Format Terraform @package -RootCertificate "$TestDrive/empty.pem" } | Assert-Failure InvalidCertificate InvalidArgument
    }

    It 'reports a folder that cannot be written to' {
        New-Item "$TestDrive/file"
        { Export-CmTemplate "$TestDrive/file" -Format Terraform @package } | Assert-Failure CannotWrite InvalidArgument
    }
}
