namespace CmEtl.Help;

/// <summary>An example of a page.</summary>
/// <param name="Title">What it is good for.</param>
/// <param name="Code">What is typed.</param>
/// <param name="Remarks">What happens then.</param>
internal sealed record HelpExample(string Title, List<string> Code, List<string> Remarks);
