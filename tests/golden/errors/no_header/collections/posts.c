COLLECTION(posts) = {
	TEXT(a),
};
