BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/AwsService.ps1
    $package = "$TestDrive/function.zip"
    New-Item "$TestDrive/bootstrap" -Value 'program'
    Compress-Archive "$TestDrive/bootstrap" $package
    $role = 'arn:aws:iam::123456789012:role/cm-etl-function'
}

Describe 'Publish-CmLambda' {
    It 'shows what it would create with -WhatIf, and only reads' {
        $missing = 404, '{"__type":"ResourceNotFoundException","Message":"Function not found: cm-etl"}'
        $service = [AwsService]::new(@{ 'GET /2015-03-31/functions/cm-etl' = $missing; 'GET /2015-03-31/functions/cm-etl/configuration' = $missing })
        try { $change = Publish-CmLambda $package -RoleArn $role -EndpointUrl $service.Url -WhatIf }
        finally { $service.Close() }
        $change.Created, $change.Updated | Should -Be $true, $false
        $service.Requests | Where-Object { $_ -notlike 'GET *' } | Should -BeNullOrEmpty
    }

    It 'names the service that refuses' {
        $service = [AwsService]::new(@{})
        try { { Publish-CmLambda $package -RoleArn $role -EndpointUrl $service.Url } | Assert-Failure AccessDeniedException InvalidArgument }
        finally { $service.Close() }
    }

    It 'reports that the service does not respond' {
        { Publish-CmLambda $package -RoleArn $role -EndpointUrl http://127.0.0.1:1 } | Assert-Failure ServiceUnreachable ConnectionError
    }

    It 'reports a missing package' {
        { Publish-CmLambda "$TestDrive/none.zip" -EndpointUrl http://127.0.0.1:1 } | Assert-Failure InvalidPackage InvalidArgument -Target "$TestDrive/none.zip"
    }

    It 'reports an invalid package' {
        { Publish-CmLambda "$TestDrive/bootstrap" -EndpointUrl http://127.0.0.1:1 } |
            Assert-Failure InvalidPackage InvalidArgument -Target "$TestDrive/bootstrap" -Remedy '*build.ps1 -Task Package*'
    }
}
