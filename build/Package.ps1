# Functions of build.ps1 that create packages. The packages are reproducible: all entries have the same date and are in a fixed order.

$time = [DateTimeOffset]::new(1980, 1, 1, 0, 0, 0, [TimeSpan]::Zero)

function Read-Manifest { Import-PowerShellDataFile "$output/CmEtl/CmEtl.psd1" }

# Creates the module package for a gallery, with the tags that Find-PSResource searches for.
function New-Nupkg {
    $manifest = Read-Manifest
    $tags = @('PSModule', 'PSIncludes_Cmdlet') + $manifest.PrivateData.PSData.Tags + ($manifest.CmdletsToExport -replace '^', 'PSCmdlet_') +
        ($manifest.CmdletsToExport -replace '^', 'PSCommand_')
    $text = $manifest.Author, $manifest.CompanyName, $manifest.Description, $manifest.Copyright | ForEach-Object { [Security.SecurityElement]::Escape($_) }
    [IO.File]::WriteAllText("$output/CmEtl.nuspec", @"
<package>
  <metadata>
    <id>CmEtl</id> <version>$($manifest.ModuleVersion)</version> <authors>$($text[0])</authors> <owners>$($text[1])</owners>
    <description>$($text[2])</description> <copyright>$($text[3])</copyright> <tags>$tags</tags>
  </metadata>
  <files><file src="**" /></files>
</package>
"@)
    Invoke-Dotnet pack "$PSScriptRoot/../src/CmEtl.PowerShell" --no-build -o $output "-p:NuspecFile=$output/CmEtl.nuspec" "-p:NuspecBasePath=$output/CmEtl" `
        "-p:DeterministicTimestamp=$($time.ToUnixTimeSeconds())" '-p:NoPackageAnalysis=true'
    "$output/CmEtl.$($manifest.ModuleVersion).nupkg"
}

# Creates one ZIP file for machines without a gallery: module, launcher, SQL, definitions, schedules, documentation, and the Lambda function if it was published.
function New-PackageZip {
    $name = "CmEtl-$((Read-Manifest).ModuleVersion)"
    $zip = "$output/$name.zip"
    $root = Split-Path $PSScriptRoot
    $content = [Collections.Generic.SortedDictionary[string, string]]::new([StringComparer]::Ordinal)
    foreach ($pair in @{
            "$output/CmEtl" = 'CmEtl'; "$output/bin" = 'bin'; "$root/sql" = 'sql'; "$root/step_functions" = 'step_functions'; "$root/docs" = 'docs'
            "$root/schedules" = 'schedules'; "$root/monitoring" = 'monitoring'; "$root/packaging" = '.'; "$root/LICENSE" = 'LICENSE'; "$root/README.md" = 'README.md'; "$root/CHANGELOG.md" = 'CHANGELOG.md'
            "$output/cmetl-lambda.zip" = 'lambda/cmetl-lambda.zip'; "$output/cmetl-lambda-arm64.zip" = 'lambda/cmetl-lambda-arm64.zip'
        }.GetEnumerator()) {
        if (Test-Path $pair.Key -PathType Leaf) { $content["$name/$($pair.Value)"] = $pair.Key; continue }
        Get-ChildItem $pair.Key -Recurse -File -ErrorAction Ignore | ForEach-Object {
            $path = [IO.Path]::GetRelativePath($pair.Key, $_.FullName).Replace('\', '/')
            $content[("$name/$($pair.Value)/$path" -replace '/\./', '/')] = $_.FullName
        }
    }
    [IO.File]::Delete($zip)
    $archive = [IO.Compression.ZipFile]::Open($zip, 'Create')
    foreach ($file in $content.GetEnumerator()) {
        $entry = $archive.CreateEntry($file.Key)
        $entry.LastWriteTime = $time
        # Unix file modes: only the launcher and the deployment script for bash are executable.
        $mode = if ($file.Key -in "$name/cmetl", "$name/deploy_step_functions.sh") { 0x81ED } else { 0x81A4 }
        $entry.ExternalAttributes = [BitConverter]::ToInt32([BitConverter]::GetBytes([uint32] $mode * 65536))
        $stream = $entry.Open()
        $stream.Write([IO.File]::ReadAllBytes($file.Value))
        $stream.Dispose()
    }
    $archive.Dispose()
    $zip
}

# Writes one line per file, in the format of sha256sum.
function New-Checksum([string[]] $Files) {
    $path = "$output/CmEtl-$((Read-Manifest).ModuleVersion).sha256"
    $lines = $Files | ForEach-Object {
        "$((Get-FileHash $_ -Algorithm SHA256).Hash.ToLowerInvariant())  $(Split-Path $_ -Leaf)`n"
    }
    [IO.File]::WriteAllText($path, -join $lines)
    $path
}

# Unpacks a package in the same way as Install-PSResource. Returns the path of the manifest.
function Expand-Nupkg([string] $Nupkg) {
    $folder = "$output/package-test/CmEtl"
    if (Test-Path $folder) { Remove-Item $folder -Recurse -Force }
    [IO.Compression.ZipFile]::ExtractToDirectory($Nupkg, $folder)
    "$folder/CmEtl.psd1"
}
