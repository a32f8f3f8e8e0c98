BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/AwsService.ps1
    $function = 'arn:aws:lambda:us-east-1:123456789012:function:cm-etl:live'
    $role = 'arn:aws:iam::123456789012:role/cm-etl-execution'
}

Describe 'Deploy-CmStateMachine' {
    It 'shows what it would create with -WhatIf, and only reads' {
        $service = [AwsService]::new(@{
            ListStateMachines = (200, '{"stateMachines":[]}')
            ValidateStateMachineDefinition = (200, '{"result":"OK","diagnostics":[]}')
        })
        try { $change = Deploy-CmStateMachine $function -RoleArn $role -EndpointUrl $service.Url -WhatIf }
        finally { $service.Close() }
        $change.Created, $change.Updated | Should -Be $true, $false
        $service.Requests | Where-Object { $_ -notmatch '^(List|Describe|Validate)' } | Should -BeNullOrEmpty
    }

    It 'names the service that refuses' {
        $service = [AwsService]::new(@{})
        try { { Deploy-CmStateMachine $function -RoleArn $role -EndpointUrl $service.Url } | Assert-Failure AccessDeniedException InvalidArgument }
        finally { $service.Close() }
    }

    It 'reports that the service does not respond' {
        { Deploy-CmStateMachine $function -RoleArn $role -EndpointUrl http://127.0.0.1:1 } | Assert-Failure ServiceUnreachable ConnectionError
    }

    It 'takes the definition that a plan asks for from the pipeline' {
        $plan = [pscustomobject]@{ DefinitionFile = 'none.json'; LambdaFunctionArn = $function }
        { $plan | Deploy-CmStateMachine } | Assert-Failure InvalidDefinition InvalidArgument
    }
}
