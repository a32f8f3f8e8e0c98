BeforeAll {
    . $PSScriptRoot/Common.ps1
    $function = @{ LambdaFunctionArn = 'arn:aws:lambda:us-east-1:123456789012:function:cm-etl' }
}

Describe 'Export-CmIamPolicy' {
    It 'writes policies that are JSON and have no placeholder left' {
        $files = Export-CmIamPolicy "$TestDrive/policies" @function
        $files.Name | Should -Contain 'deployer.json'
        $files | ForEach-Object {
            $text = Get-Content $_ -Raw
            $text | Test-Json | Should -BeTrue
            $text | Should -Not -Match '\$\{[A-Z]\w+Arn\}'
        }
    }

    It 'writes nothing with -WhatIf' {
        Export-CmIamPolicy "$TestDrive/none" @function -WhatIf | Should -BeNullOrEmpty
        "$TestDrive/none" | Should -Not -Exist
    }

    It 'replaces files only with -Force' {
        $first = (Export-CmIamPolicy "$TestDrive/twice" @function)[0].FullName
        { Export-CmIamPolicy "$TestDrive/twice" @function } | Assert-Failure FileExists InvalidArgument -Target $first
        Export-CmIamPolicy "$TestDrive/twice" @function -Force | Should -Not -BeNullOrEmpty
    }

    It 'takes the function from the pipeline' {
        [pscustomobject] $function | Export-CmIamPolicy "$TestDrive/piped" | Should -Not -BeNullOrEmpty
    }

    It 'reports an invalid function' {
        { Export-CmIamPolicy "$TestDrive/none" -LambdaFunctionArn nope } | Assert-Failure InvalidDefinition InvalidArgument
    }
}
