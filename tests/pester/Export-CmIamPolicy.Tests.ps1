BeforeAll {
    . $PSScriptRoot/Common.ps1
    $function = @{ LambdaFunctionArn = 'arn:aws:lambda:us-east-1:123456789012:function:cm-etl' }
}

Describe 'Export-CmIamPolicy' {
    It 'writes nothing with -WhatIf' {
        Export-CmIamPolicy "$TestDrive/none" @function -WhatIf | Should -BeNullOrEmpty
        "$TestDrive/none" | Should -Not -Exist
    }

    It 'takes the function from the pipeline' {
        [pscustomobject] $function | Export-CmIamPolicy "$TestDrive/piped" | Should -Not -BeNullOrEmpty
    }

    It 'reports an invalid function' {
        { Export-CmIamPolicy "$TestDrive/none" -LambdaFunctionArn nope } | Assert-Failure InvalidDefinition InvalidArgument
    }
}
