using CmEtl.Help;

if (args is not [var manifest, var pages, var comments, var output])
{
    Console.Error.WriteLine("usage: CmEtl.Help <manifest> <folder of pages> <folder of XML comments> <help file to write>");
    return 2;
}

try
{
    var documentation = new XmlComments(comments);
    var commands = ModuleCommands.Read(manifest);
    var writer = new MamlWriter(documentation);
    // A cmdlet without a page still has its parameters; that every cmdlet has a page is a test's to say.
    var help = writer.Write(commands.Select(c => (c, HelpPage.Read(Path.Combine(pages, c.Name + ".md"), c.Name))));
    Directory.CreateDirectory(Path.GetDirectoryName(output)!);
    help.Save(output);
    return 0;
}
catch (InvalidDataException error)
{
    // Its message has the form that MSBuild shows as an error of the build.
    Console.Error.WriteLine(error.Message);
    return 1;
}
