from openai import OpenAI

client = OpenAI(base_url="http://localhost:41002/v1", api_key="unused")

items = ["statement one", "statement two", "statement three"]
for item in items:
    response = client.chat.completions.create(
        model="llama3.1-8b",
        messages=[{"role": "user", "content": f'Classify as positive, neutral, or negative: "{item}"'}],
        max_tokens=5,
    )
    print(item, "->", response.choices[0].message.content.strip())
